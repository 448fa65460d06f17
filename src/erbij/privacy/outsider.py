"""Attacks on releases from outside: by who has only the releases, and by who knows every pupil's place.

Without the design an attacker knows that classes lie in grades and schools, groups in their unit, and that
the groups of a breakdown do not overlap. That is a system too, with a row for each smallest piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from erbij.findings import registry
from erbij.findings.cells import EVERYONE, KEYS
from erbij.privacy import audit, bounds, catalogue, policy, span, suppression
from erbij.privacy.audit import SHOWN
from erbij.privacy.catalogue import NO_GROUP
from erbij.privacy.elimination import is_derivable
from erbij.privacy.release import Release
from erbij.stats.design import IntArray
from erbij.studies.study import LEVELS, TOGETHER, Study

EMBLEM = "discrimination"


@dataclass(frozen=True, slots=True)
class Fall:
    """Something that an attacker could work out.

    `kind`: `derived` (a withheld group follows from others), `few` (two releases differ by a few pupils),
    `group`, `pupil` or `difference` (an insider's attack), `pinned` (an answer is left too little room).
    """

    kind: str
    level: str = ""
    unit: str = ""
    breakdown: str = ""
    group: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attack tried and what fell. `tried`: withheld cells, pairs of releases, pupils."""

    releases: int
    hidden: int
    pairs: int
    pupils: int
    falls: tuple[Fall, ...]

    @property
    def stands(self) -> bool:
        """Nothing fell."""
        return not self.falls


def from_releases(releases: Sequence[Release]) -> Verdict:
    """Attack releases of one school together, with nothing else."""
    falls: list[Fall] = []
    hidden = 0
    for release in releases:
        means = release.cells.filter(pl.col("measure") == "mean", pl.col("breakdown") != EMBLEM)
        if release.card.source.replicates:  # weighted means of a sample, without the weights, give no totals
            means = means.filter(pl.col("level") != "all")
        for breakdown in means.filter(pl.col("breakdown") != EVERYONE)["breakdown"].unique(
            maintain_order=True
        ):
            cells = means.filter(pl.col("breakdown").is_in([EVERYONE, breakdown]))
            count, found = _derived(cells)
            hidden += count
            falls += found
    pairs, few = _compared(releases)
    return Verdict(len(releases), hidden, pairs, 0, (*dict.fromkeys(falls), *few))


def _derived(cells: pl.DataFrame) -> tuple[int, list[Fall]]:
    """Withheld cells of one breakdown that follow from the told ones, and how many were tried."""
    pieces = _pieces(cells)
    keys = list(cells.select(*KEYS).iter_rows())
    shown = cells["status"].to_list()
    told = {key for key, status in zip(keys, shown, strict=True) if status == "shown" and key[3] != TOGETHER}
    columns = [_column(pieces, key) for key in told]
    for key in keys:
        if key[3] == TOGETHER:
            groups = [_column(pieces, other) for other in told if other[:3] == key[:3]]
            columns.append(
                _column(pieces, (*key[:2], EVERYONE, EVERYONE)) - np.sum(groups, axis=0, dtype=np.int64)
            )
    hidden = [key for key, status in zip(keys, shown, strict=True) if status != "shown"]
    if not columns or not hidden:
        return len(hidden), []
    wanted = np.column_stack([_column(pieces, key) for key in hidden])
    follows = is_derivable(np.column_stack(columns), wanted)
    return len(hidden), [
        Fall("derived", *key) for key, is_known in zip(hidden, follows, strict=True) if is_known
    ]


Piece = tuple[dict[str, str], str]


def _pieces(cells: pl.DataFrame) -> list[Piece]:
    """The smallest pieces: a place (a unit for each level, or none) and a group (or none).

    Where numbers add up, nobody is outside: as an attacker would conclude.
    """
    units = {
        level: cells.filter(pl.col("level") == level)["unit"].unique(maintain_order=True).to_list()
        for level in LEVELS
    }
    groups = [g for g in cells["group"].unique(maintain_order=True) if g not in {EVERYONE, TOGETHER}]
    places: list[dict[str, str]] = [{}]
    for level in LEVELS[1:]:
        inner = [
            place | {level: unit} for place in places for unit in units[level] if _fits(place, level, unit)
        ]
        places = inner if _holds_all(cells, level) else places + inner
    named = groups if _divides_all(cells, len(groups)) else [*groups, NO_GROUP]
    return [(place, group) for place in places for group in named]


def _holds_all(cells: pl.DataFrame, level: str) -> bool:
    """Whether the units of a level are all told and together are everyone."""
    everyone = cells.filter(pl.col("breakdown") == EVERYONE)
    whole, parts = (everyone.filter(pl.col("level") == at)["n"] for at in ("all", level))
    return len(whole) > 0 and len(parts) > 0 and not parts.has_nulls() and parts.sum() == whole.sum()


def _divides_all(cells: pl.DataFrame, groups: int) -> bool:
    """Whether all groups of everyone are told, and are everyone as far as their rounding goes."""
    told = cells.filter(SHOWN, pl.col("group") != TOGETHER, pl.col("level") == "all")
    is_whole = pl.col("breakdown") == EVERYONE
    sums = told.group_by("level", "unit").agg(
        parts=pl.len() - is_whole.sum(),
        whole=pl.col("n").filter(is_whole).sum(),
        together=pl.col("n").filter(~is_whole).sum(),
    )
    near = (pl.col("whole") - pl.col("together")).abs() <= groups * policy.careful().count_step / 2
    return sums.filter(pl.col("parts") == groups, pl.col("whole") > 0, near).height > 0


def _fits(place: dict[str, str], level: str, unit: str) -> bool:
    """Whether a unit can lie in a place: names begin with the school, those of classes with the grade."""
    school, _, own = unit.rpartition("/")
    if school and place.get("school") != school:
        return False
    grade = place.get("grade", "").rpartition("/")[2]
    return level != "class" or not grade or own.startswith(grade)


def _column(pieces: Sequence[Piece], key: tuple[str, str, str, str]) -> IntArray:
    level, unit, _, group = key
    return np.array(
        [(level == "all" or place.get(level) == unit) and group in {EVERYONE, own} for place, own in pieces],
        dtype=np.int64,
    )


def _compared(releases: Sequence[Release]) -> tuple[int, list[Fall]]:
    """Sets of everyone that two releases of the same answers tell with a few pupils more or fewer."""
    falls, pairs = [], 0
    for number, later in enumerate(releases):
        for earlier in releases[:number]:
            if not _is_one_asking(earlier, later):
                continue
            pairs += 1
            few = policy.careful().most
            both = _units(earlier).join(_units(later), on=("level", "unit"), suffix="_later")
            changed = both.filter((pl.col("n") - pl.col("n_later")).abs().is_between(1, few - 1))
            falls += [Fall("few", level, unit) for level, unit in changed.select("level", "unit").iter_rows()]
    return pairs, falls


def _is_one_asking(a: Release, b: Release) -> bool:
    """The same questionnaire under the same title: as far as an outsider can tell."""
    return (a.card.instrument.id, a.card.title) == (b.card.instrument.id, b.card.title)


def _units(release: Release) -> pl.DataFrame:
    cells = release.cells.filter(SHOWN, pl.col("breakdown") == EVERYONE, pl.col("measure") == "n")
    return cells.select("level", "unit", "n")


def from_inside(releases: Sequence[Release], study: Study) -> Verdict:
    """Attack releases of one study together, knowing every pupil's units and groups."""
    rules = policy.careful()
    listed = catalogue.of(study, registry.offers(study), rules)
    told = [audit.told_sets(release.cells.filter(SHOWN), study, listed)[0] for release in releases]
    members = audit.only(listed.members, study.has_score)
    n = np.asarray(members.sum(axis=0)).ravel()
    kept = members[:, np.flatnonzero((n > 0) & (n < rules.least))]
    sets = audit.only(sparse.hstack(told, format="csr"), study.has_score)
    unit = suppression.split(listed, np.flatnonzero(study.has_score))
    found = span.attack(span.Sets(sets, kept, rules.least), unit)
    counts = {"group": found.sets, "pupil": found.pupils, "difference": found.differences}
    for release in releases:
        facts, _ = audit.facts(release.cells.filter(SHOWN), study, listed, rules)
        if facts is not None:
            parts = (facts.of(columns) for columns in bounds.within(facts, unit))
            pinned = sum(len(bounds.narrow(part, rules.narrowest)) for part in parts)
            counts["pinned"] = counts.get("pinned", 0) + pinned
    falls = tuple(Fall(kind, count=count) for kind, count in counts.items() if count)
    return Verdict(len(releases), kept.shape[1], len(releases) - 1, int(study.has_score.sum()), falls)
