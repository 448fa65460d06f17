"""A network of schools, from what each school released and from nothing else.

A mean of pupils of several schools follows from the means and counts of each; what a gap usually is, and how
much it differs from school to school, from the gaps with their intervals. What a school withholds is missing
here too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from scipy.special import ndtri

from erbij.errors import ReportError
from erbij.instruments.schema import Text
from erbij.privacy.release import CELL_COLUMNS, Card, Cell, Release, SourceCard
from erbij.reports import comparability
from erbij.reports.benchmarks import FEWEST_SCHOOLS, schools_of
from erbij.reports.change import step
from erbij.reports.description import Report, Section
from erbij.reports.results import EVERYONE, Results, look_up
from erbij.reports.sections import groups, level, spread
from erbij.reports.words import Words
from erbij.stats.design import FloatArray
from erbij.stats.heterogeneity import Spread, spread_of
from erbij.stats.intervals import LEVEL, mean_interval

TOP = ("all", "all")
CHROME = ("contents", "table-show", "not-shown", "how-sure", "not-told", "provenance")
DECIMALS = 1
TENS = 10
IN_WHOLE_POINTS = "network"
"""In place of a policy, of which no preset knows the steps: differences with it are taken as coarse."""


@dataclass(frozen=True)
class _Schools:
    """The results of each school, by its name."""

    of: Mapping[str, Results]

    @cached_property
    def first(self) -> Card:
        """The card of one of them; questions and groups are those of all."""
        return next(iter(self.of.values())).release.card

    def told(self, breakdown: str, group: str, *measures: str) -> dict[str, tuple[Cell, ...]]:
        """By school the cells of a group, where all of these measures are told, as values."""
        found = {
            name: tuple(results.group(breakdown, group, measure) for measure in measures)
            for name, results in self.of.items()
        }
        return {
            name: tuple(cell for cell in cells if cell is not None)
            for name, cells in found.items()
            if all(cell is not None and cell.value is not None and not cell.reason for cell in cells)
        }


def pooled(releases: Mapping[str, Release], title: Text) -> Release:
    """What the releases of schools say together, in the form of a release.

    Parameters
    ----------
    releases
        The release of each school, by the name of the school; all `alike`.
    title
        The name of the network.

    Raises
    ------
    ReportError
        Fewer than five schools, or the questions or the score are not the same everywhere.
    """
    if len(releases) < FEWEST_SCHOOLS:
        raise ReportError("too few schools", found=len(releases), allowed=[f"{FEWEST_SCHOOLS} or more"])
    if len(alike(releases)) < len(releases):
        raise ReportError("schools asked other questions", advice="Pool those that are alike.")
    schools = _Schools({name: look_up(release) for name, release in releases.items()})
    cells = [*_everyone(schools), *_groups(schools)]
    rows = [{name: getattr(cell, name) for name in CELL_COLUMNS} for cell in cells]
    return Release(_card(schools, title), pl.DataFrame(rows, schema=CELL_COLUMNS))


def for_schools(pooled: Release) -> Release:
    """What a school may have beside its own results: whole points, pupils in tens, no school named.

    An average told before and after one more school came in would give that school away to about half a point
    otherwise.
    """
    whole, schools = pl.col("level") == "all", pooled.cells.filter(level="school")["unit"].unique()
    is_told = pl.col("measure").is_in(["n", "mean", "gap"]) | pl.col("measure").cat.starts_with("mean:")
    is_count = pl.col("measure") == "n"
    told = pooled.cells.filter(whole & is_told).with_columns(
        n=((pl.col("n") / TENS).round() * TENS).cast(pl.Int64),
        value=pl.when(is_count)
        .then((pl.col("value") / TENS).round() * TENS)
        .otherwise(pl.col("value").round()),
        low=pl.col("low").floor(),
        high=pl.col("high").ceil(),
    )
    nameless = [
        _cell(("school", str(number), EVERYONE, EVERYONE), "n", 0, (0.0,) * 3, is_shown=False)
        for number in range(1, len(schools) + 1)
    ]
    rows = [{name: getattr(cell, name) for name in CELL_COLUMNS} for cell in nameless]
    card = replace(pooled.card, policy=replace(pooled.card.policy, id=IN_WHOLE_POINTS))
    return Release(card, pl.concat([told, pl.DataFrame(rows, schema=CELL_COLUMNS)]))


def alike(releases: Mapping[str, Release]) -> dict[str, Release]:
    """Those of the same questions, scored in the same way: of the kind that most schools have."""
    kinds = {name: comparability.kind(release) for name, release in releases.items()}
    most = Counter(kinds.values()).most_common(1)[0][0] if kinds else None
    return {name: releases[name] for name, kind in kinds.items() if kind == most}


def _card(schools: _Schools, title: Text) -> Card:
    sources = [results.release.card.source for results in schools.of.values()]
    source = SourceCard(
        file="",
        sha256="",
        rows=sum(source.rows for source in sources),
        attribution="",
        is_made_up=any(source.is_made_up for source in sources),
        is_weighted=False,
        replicates=0,
    )
    nothing: dict[str, Any] = {"exclusions": (), "previous": "", "intersections": (), "outcomes": ()}
    # Who is told together is another set in every school.
    breakdowns = tuple(
        replace(card, groups=tuple(group for group in card.groups if group.id != comparability.TOGETHER))
        for card in schools.first.breakdowns
    )
    return replace(schools.first, title=title, source=source, breakdowns=breakdowns, **nothing)


def _everyone(schools: _Schools) -> Iterator[Cell]:
    """The number of pupils, and the mean of each scale over all of them."""
    for name in schools.of:
        yield _cell(("school", name, EVERYONE, EVERYONE), "n", 0, (0.0,) * 3, is_shown=False)
    yield from _mean(schools, (EVERYONE, EVERYONE), "mean")
    main = schools.first.instrument.main_scale
    for scale in schools.first.scales:
        if scale.id != main:
            yield from _mean(schools, (EVERYONE, EVERYONE), f"mean:{scale.id}")


def _groups(schools: _Schools) -> Iterator[Cell]:
    """Of each group that five schools tell: its mean, its usual gap, and how much that differs."""
    for card in schools.first.breakdowns:
        for group in card.groups:
            told = schools.told(card.id, group.id, "gap", "n", "mean")
            if group.id != comparability.TOGETHER and len(told) >= FEWEST_SCHOOLS:
                yield from _mean(schools, (card.id, group.id), "mean")
                yield from _gaps(schools, (card.id, group.id), told)


def _mean(schools: _Schools, of: tuple[str, str], measure: str) -> Iterator[Cell]:
    """Of all pupils of the schools that tell it, with the schools as clusters (Taylor)."""
    told = schools.told(*of, measure)
    n = np.array([cell.n or 0 for (cell,) in told.values()], dtype=float)
    if len(told) < FEWEST_SCHOOLS:
        return
    values = np.array([cell.value for (cell,) in told.values()], dtype=float)
    mean, J = float(n @ values / n.sum()), len(n)
    scores = n * (values - mean) / n.sum()
    se = np.sqrt(J / (J - 1) * (scores**2).sum())
    low, high = mean_interval(np.array([mean]), np.array([se]), np.array([J - 1]))
    yield _cell((*TOP, *of), measure, int(n.sum()), (mean, float(low[0]), float(high[0])))
    if measure == "mean":
        yield _cell((*TOP, *of), "n", int(n.sum()), (n.sum(), None, None))


def _gaps(schools: _Schools, of: tuple[str, str], told: Mapping[str, tuple[Cell, ...]]) -> Iterator[Cell]:
    """The usual gap with everyone, and with the others of the same school, and how much that differs."""
    whole = {name: schools.of[name].everyone("n") for name in told}
    part = np.array([(cells[1].value or 0.0) / _value(whole[name]) for name, cells in told.items()])
    gaps = [cells[0] for cells in told.values()]
    values = np.array([gap.value for gap in gaps], dtype=float)
    errors = _errors(gaps, [schools.of[name].release for name in told])
    n = int(sum(cells[1].value or 0.0 for cells in told.values()))
    yield _cell((*TOP, *of), "gap", n, spread_of(values, errors).usual)
    # What lies between a group and everyone lies further from the others: everyone holds the group too.
    further = 1 / np.maximum(1 - part, 0.05)
    found = spread_of(values * further, errors * further)
    yield _cell((*TOP, *of), "gap-usual:school", n, found.usual)
    yield _cell((*TOP, *of), "gap-sd:school", n, found.sd)
    yield from _units(of, tuple(told), gaps, found)


def _units(of: tuple[str, str], names: tuple[str, ...], gaps: list[Cell], found: Spread) -> Iterator[Cell]:
    for place, name in enumerate(names):
        value, low, high = found.units[:, place].tolist()
        yield _cell(("school", name, *of), "gap-unit", gaps[place].n or 0, (value, low, high))


def _errors(gaps: list[Cell], releases: list[Release]) -> FloatArray:
    """Standard errors that released intervals imply, never too small: with the error of rounding besides."""
    half = np.array([((gap.high or 0.0) - (gap.low or 0.0)) / 2 for gap in gaps])
    steps = np.array([step(release, "all", "gap") for release in releases])
    return np.asarray(np.hypot(half / float(ndtri((1 + LEVEL) / 2)), steps / np.sqrt(12)))


def _value(cell: Cell | None) -> float:
    return 1.0 if cell is None or not cell.value else cell.value


def _cell(
    key: tuple[str, str, str, str],
    measure: str,
    n: int,
    ends: tuple[float | None, ...],
    *,
    is_shown: bool = True,
) -> Cell:
    if not is_shown:
        return Cell(*key, measure, None, None, None, None, "withheld", None)
    value, low, high = (None if end is None else round(float(end), DECIMALS) + 0.0 for end in ends)
    return Cell(*key, measure, n, value, low, high, "shown", None)


def describe(release: Release, language: str, *, of: int) -> Report:
    """Tell what is pooled; `of`: how many schools the network has."""
    words, found = Words(language, release.card.instrument.audience), look_up(release)
    named = words.label(release.card.title, "")
    sections = [_who(found, words, of), level.tell(found, words), groups.tell(found, words)]
    if spread.was_found(found):
        sections.append(spread.tell(found, words))
    return Report(
        language=language,
        title=named,
        lead=words.say("network-lead"),
        mark=words.say("made-up") if release.card.source.is_made_up else "",
        sections=tuple(sections),
        provenance=(),
        chrome={name: words.say(name) for name in CHROME},
    )


def _who(found: Results, words: Words, of: int) -> Section:
    schools = schools_of(found.release)
    pupils = found.everyone("n")
    count = 0 if pupils is None or pupils.value is None else round(pupils.value)
    lead = words.say("network-who", schools=schools, of=of, count=count, n=words.number(count))
    return Section(
        id="network",
        heading=words.say("network-heading"),
        lead=(lead,),
        sure=(words.say("network-sure"),),
        not_told=(words.say("network-not-told"), words.say("network-missing")),
    )
