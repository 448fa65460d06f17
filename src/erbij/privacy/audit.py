"""The assembled release, attacked by rules that do not know how it was made.

Three attacks on the cells as they would leave: is any cell not what a cell may be; does a protected total
lie in the span of what is told; does linear programming pin an answer. Only a release that stands may exist.
"""

import numpy as np
import polars as pl
from scipy import sparse

from erbij.errors import ProtectionError
from erbij.findings.cells import KEYS
from erbij.findings.domains import hides_totals
from erbij.privacy import bounds, span, suppression
from erbij.privacy.catalogue import Catalogue
from erbij.privacy.families import rounding
from erbij.privacy.policy import Policy
from erbij.privacy.release import CELL_COLUMNS
from erbij.privacy.suppression import Given
from erbij.privacy.telling import AT_LEAST, AT_MOST, EVERYONE, NUMBERS, REASON, kind
from erbij.stats.design import BoolArray, IntArray
from erbij.studies.study import LEVELS, TOGETHER, Study

IS_FACT = pl.col("measure").is_in(["mean", "gap"]) | pl.col("measure").cat.starts_with("difference:")
"""Cells from which answers are tried to be pinned."""

SHOWN, WITHHELD = pl.col("status") == "shown", pl.col("status") == "withheld"
ANY_NUMBER = pl.any_horizontal(pl.col(NUMBERS).is_not_null())


def examine(cells: pl.DataFrame, policy: Policy) -> None:
    """The form of the cells: a condition for a release to exist.

    Raises
    ------
    ProtectionError
        A number stands where it may not. Nothing has left.
    """
    if cells.schema != CELL_COLUMNS:
        raise ProtectionError(
            "the cells of the release have other columns", found=cells.columns, allowed=CELL_COLUMNS
        )
    if unknown := set(cells["level"].drop_nulls()) - set(policy.threshold):
        raise ProtectionError("a cell is of an unknown level", found=min(unknown))
    least = pl.col("level").replace_strict(
        {level: policy.threshold_at(level) for level in policy.threshold}, default=None, return_dtype=pl.Int64
    )
    bound = pl.col("reason").is_in([AT_MOST, AT_LEAST]) & kind().is_in(policy.shares)
    faults = {
        "a cell is neither shown nor withheld": ~(SHOWN | WITHHELD).fill_null(value=False),
        "a shown cell rests on too few pupils": SHOWN & ~(pl.col("n") >= least).fill_null(value=False),
        "a shown cell has no value": SHOWN & ~pl.col("value").is_finite().fill_null(value=False),
        "a shown cell has a reason": SHOWN & pl.col("reason").is_not_null() & ~bound,
        "a withheld cell holds a number": WITHHELD & ANY_NUMBER,
        "a withheld cell has not the one reason": WITHHELD & ~pl.col("reason").eq_missing(REASON),
    }
    counts = {fault: cells.filter(rule).height for fault, rule in faults.items()}
    counts["a cell stands twice"] = sum(
        _twice(cells.filter(measure=name)) for name in cells["measure"].unique()
    )
    for fault, count in counts.items():
        if count:
            raise ProtectionError(f"{fault} ({count} cells): the release was not made")


def _twice(cells: pl.DataFrame) -> int:
    return cells.height - cells.select(KEYS).n_unique()


def span_of(cells: pl.DataFrame, study: Study, given: Given) -> None:
    """The rank attack on all that is told, now and before: a condition for a release to exist.

    Raises
    ------
    ProtectionError
        A protected total follows from others.
    """
    listed, policy, known = given.catalogue, given.policy, given.known
    is_valid = study.has_score
    told, _ = told_sets(cells.filter(SHOWN), study, listed)
    members = only(listed.members, is_valid)
    n = np.asarray(members.sum(axis=0)).ravel()
    least = np.array([policy.threshold_at(level) for level in LEVELS])[listed.level]
    kept = members[:, np.flatnonzero((n > 0) & (n < least))]
    told, unit = only(told, is_valid), suppression.split(listed, np.flatnonzero(is_valid))
    if known is not None:
        told = sparse.hstack([suppression.longer(told, known.former), known.columns], format="csr")
        kept, unit = suppression.longer(kept, known.former), None
    found = span.attack(span.Sets(told, kept, policy.most), unit, given.workers)
    if not found.is_safe:
        parts = f"{found.sets} groups, {found.pupils} pupils, {found.differences} differences"
        raise ProtectionError(f"what is withheld could be derived ({parts}): the release was not made")


def told_sets(shown: pl.DataFrame, study: Study, listed: Catalogue) -> tuple[sparse.csr_matrix, pl.DataFrame]:
    """The sets of pupils that shown cells are about, as columns, and which cell keys these are.

    Those told together are found as a reader finds them: everyone less the groups that are shown. Domains
    from which no total follows are left out.
    """
    keys = shown.select(*KEYS).unique(maintain_order=True)
    keys = keys.filter((pl.col("level") != "all") | pl.lit(not hides_totals(study.design)))
    is_rest = keys["group"] == TOGETHER
    plain, rest = keys.filter(~is_rest), keys.filter(is_rest)
    columns = listed.members[:, listed.position(plain)]
    sets = [columns, _rests(rest, plain, columns)]
    return sparse.hstack(sets, format="csr"), pl.concat([plain, rest])


def _rests(rest: pl.DataFrame, plain: pl.DataFrame, columns: sparse.csr_matrix) -> sparse.csr_matrix:
    places: dict[tuple[str, str, str], list[int]] = {}
    for column, (level, unit, breakdown, _) in enumerate(plain.iter_rows()):
        places.setdefault((level, unit, breakdown), []).append(column)
    found: list[tuple[int, int, int]] = []
    for number, (level, unit, breakdown, _) in enumerate(rest.iter_rows()):
        found += [(column, number, 1) for column in places.get((level, unit, EVERYONE), ())]
        found += [(column, number, -1) for column in places.get((level, unit, breakdown), ())]
    rows, numbers, sign = np.array(found, dtype=np.int64).reshape(-1, 3).T
    signs = sparse.csr_matrix((sign, (rows, numbers)), shape=(columns.shape[1], rest.height))
    return sparse.csr_matrix(columns @ signs)


def only(columns: sparse.csr_matrix, pupils: BoolArray) -> sparse.csr_matrix:
    """The columns with these pupils only, in as many rows."""
    return sparse.csr_matrix(columns.multiply(pupils[:, None]))


def weak(cells: pl.DataFrame, study: Study, given: Given, *, safe: set[bytes]) -> IntArray:
    """Domains that pin an answer by linear programming, one for each pupil found; empty where all stand.

    Of `cells` those are looked at that `IS_FACT` names.

    Everyone is tried, in a large study each with what is told of the own school. `safe`: digests of the facts
    that stood in an earlier round; those that stand now are added.
    """
    listed, policy = given.catalogue, given.policy
    told, keys = facts(cells.filter(SHOWN), study, listed, policy)
    if told is None:
        return np.zeros(0, dtype=np.int64)
    unit = suppression.split(listed, np.flatnonzero(study.has_score))
    blocks = list(bounds.within(told, unit))
    digests = {place: told.of(columns).digest for place, columns in enumerate(blocks)}
    new = [place for place, digest in digests.items() if digest not in safe]
    asked = ((told.of(blocks[place]), policy.narrowest) for place in new)
    tried = given.workers.each(_narrow, asked, total=len(new))
    found: list[int] = []
    for place, pupils in zip(new, tried, strict=True):
        columns = blocks[place]
        here = told.of(columns)
        found += [_to_withhold(keys[columns], here, listed, pupil) for pupil in pupils.tolist()]
        if not len(pupils):
            safe.add(digests[place])
    return np.unique(np.array(found, dtype=np.int64))


def _narrow(given: tuple[bounds.Facts, float]) -> IntArray:
    return bounds.narrow(*given)


def facts(
    shown: pl.DataFrame, study: Study, listed: Catalogue, policy: Policy
) -> tuple[bounds.Facts | None, pl.DataFrame]:
    """What the told means and gaps of the main scale say, and the keys of the sets that they are about."""
    sets, keys = told_sets(shown.filter(pl.col("measure") == "mean"), study, listed)
    if not keys.height:
        return None, keys
    place = keys.with_row_index("column")
    told = shown.join(place, on=KEYS, how="inner", maintain_order="left").with_columns(
        half=pl.col("level").replace_strict(
            {level: rounding(policy, level) / 2 for level in LEVELS}, return_dtype=pl.Float64
        )
    )
    means = _tightened(told.filter(pl.col("measure") == "mean")).sort("column")
    pairs = pl.concat([_beside_everyone(told, place), _beside_another(told, place)])
    found = bounds.Facts(
        sets=only(sets, study.has_score).multiply(study.design.weights[:, None]).tocsc(),
        low=means["low"].to_numpy(),
        high=means["high"].to_numpy(),
        pairs=pairs.select("column", "other").to_numpy().astype(np.int64),
        pair_low=(pairs["value"] - pairs["half"]).to_numpy(),
        pair_high=(pairs["value"] + pairs["half"]).to_numpy(),
    )
    return found, keys


def _tightened(means: pl.DataFrame) -> pl.DataFrame:
    """The middle of an interval is the mean too, rounded another way; both together say more than one."""
    is_inside = (pl.col("low") > 0) & (pl.col("high") < 100)
    middle = pl.when(is_inside).then((pl.col("low") + pl.col("high")) / 2).otherwise("value")
    low = pl.max_horizontal(pl.col("value"), middle) - pl.col("half")
    high = pl.min_horizontal(pl.col("value"), middle) + pl.col("half")
    return means.with_columns(low=low, high=pl.max_horizontal(low, high))


def _beside_everyone(told: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    whole = place.filter(pl.col("breakdown") == EVERYONE).select("level", "unit", other="column")
    found = told.filter(pl.col("measure") == "gap").join(whole, on=("level", "unit"), how="inner")
    return found.select("column", "other", "value", "half")


def _beside_another(told: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    named = told.filter(pl.col("measure").cat.starts_with("difference:"))
    named = named.with_columns(
        against=pl.col("measure").cast(pl.String).str.strip_prefix("difference:").cast(pl.Categorical)
    )
    on = ("level", "unit", "breakdown")
    others = place.select(*on, against="group", other="column")
    found = named.join(others, on=(*on, "against"), how="inner")
    return found.select("column", "other", "value", "half")


def _to_withhold(keys: pl.DataFrame, facts: bounds.Facts, listed: Catalogue, pupil: int) -> int:
    """The smallest told group that pins a pupil; or that holds her, or her smallest unit, if none does."""
    size = np.diff(facts.sets.indptr)
    holds = np.isin(np.arange(len(size)), facts.sets.tocsr()[[pupil]].indices)
    pins = np.isin(np.arange(len(size)), bounds.behind(facts, pupil))
    candidates = keys.with_columns(size=pl.Series(size), pins=pl.Series(pins), holds=pl.Series(holds))
    candidates = candidates.filter(pl.col("pins") | pl.col("holds"), pl.col("group") != TOGETHER)
    is_unit = pl.col("breakdown") == EVERYONE
    first = candidates.sort(is_unit, ~pl.col("pins"), "size", maintain_order=True).head(1)
    return int(listed.position(first)[0])
