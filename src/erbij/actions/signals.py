"""What in a release asks for a decision: a gap, unfair treatment that goes with less belonging, a low score.

A signal is named by what it is about and not by where or when it was found, so that a decision keeps its name
when a release is read again and in the next wave.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from math import ceil, floor
from typing import Literal

import polars as pl

from erbij.privacy.release import Cell, Release, ScaleCard
from erbij.words import LANGUAGES, Message, Text

Kind = Literal["gap", "treatment", "low"]
EVERYONE = "everyone"
TOP = ("all", "all")
LEVELS = ("all", "school", "grade", "class")
EMBLEM = "discrimination"
TOGETHER = "together"
MUCH = "-much"
MEASURES = ("mean", "below", "gap", "difference")
CELL_FIELDS = tuple(field.name for field in fields(Cell))


@dataclass(frozen=True, slots=True)
class Expected:
    """How many pupils are probably below the line, of how many who answered; rounded outwards."""

    low: int
    high: int
    of: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One finding that asks for a decision.

    `id` is stable over waves; `cell` is where it shows most widely, `places` are all units (level, unit) in
    which it shows. `about`: breakdown, group and scale as their cards name them, empty where there is none.
    `cost` is None where the release does not tell it. `sentence` says it in one line.
    """

    id: str
    kind: Kind
    breakdown: str
    group: str
    scale: str
    cell: Cell
    places: tuple[tuple[str, str], ...]
    cost: Expected | None
    sentence: Message


def of(release: Release) -> tuple[Signal, ...]:
    """Every signal of a release: treatment, gaps, then low scores; at the widest level that shows it.

    A gap is one whose whole interval lies below zero. A score is low where the mean lies on the wrong side of
    the declared line; the sentence says whether the interval does too.
    """
    cells = _shown(release)
    found: dict[str, list[Cell]] = {}
    for cell in sorted(cells.values(), key=lambda c: (LEVELS.index(c.level), c.unit)):
        if (name := _id(release, cell)) is not None:
            found.setdefault(name, []).append(cell)
    signals = [_signal(release, name, here, cells) for name, here in found.items()]
    order = ("treatment", "gap", "low")
    return tuple(sorted(signals, key=lambda one: (order.index(one.kind), one.id)))


def could_show(release: Release, signal: str) -> bool:
    """Whether a release would tell this signal: some cell of it was shown, whatever it said."""
    return any(_name(release, cell) == signal for cell in _shown(release).values())


def top_cell(release: Release, measure: str) -> Cell | None:
    """The shown cell of everyone at the top of a release; None where it is withheld or was never made."""
    return _shown(release).get((*TOP, EVERYONE, EVERYONE, measure))


Key = tuple[str, str, str, str, str]


def _shown(release: Release) -> dict[Key, Cell]:
    kind = pl.col("measure").cast(pl.String).str.split(":").list.first()
    wanted = (pl.col("status") == "shown") & kind.is_in(MEASURES)
    rows = release.cells.filter(wanted).select(CELL_FIELDS).iter_rows(named=True)
    cells = (Cell(**row) for row in rows)
    return {(c.level, c.unit, c.breakdown, c.group, c.measure): c for c in cells if c.level in LEVELS}


def _id(release: Release, cell: Cell) -> str | None:
    """The name of the signal that a cell gives, None where it gives none."""
    name = _name(release, cell)
    if name is None:
        return None
    if name.startswith("low."):
        return name if _is_low(_scale(release, cell.measure), cell) else None
    return name if cell.high is not None and cell.high < 0 else None


def _name(release: Release, cell: Cell) -> str | None:
    """The name of the signal that a cell could give."""
    measure = cell.measure.partition(":")[0]
    if measure == "mean" and cell.breakdown == EVERYONE:
        return f"low.{_scale(release, cell.measure).id}"
    if cell.breakdown == EMBLEM:
        if measure != "difference":
            return None
        is_treatment = cell.group.endswith(MUCH)
        return f"treatment.{cell.group}" if is_treatment else f"gap.{EMBLEM}.{cell.group}"
    if measure == "gap" and cell.group != TOGETHER:
        return f"gap.{cell.breakdown}.{cell.group}"
    return None


def _scale(release: Release, measure: str) -> ScaleCard:
    name = measure.partition(":")[2] or release.card.instrument.main_scale
    return next(scale for scale in release.card.scales if scale.id == name)


def _is_low(scale: ScaleCard, cell: Cell) -> bool:
    value = cell.value if cell.value is not None else scale.line
    return value < scale.line if scale.high_is_good else value > scale.line


def _signal(release: Release, name: str, here: list[Cell], cells: dict[Key, Cell]) -> Signal:
    cell = here[0]
    kind: Kind = "low" if name.startswith("low.") else "gap" if name.startswith("gap.") else "treatment"
    return Signal(
        id=name,
        kind=kind,
        breakdown="" if kind == "low" else cell.breakdown,
        group="" if kind == "low" else cell.group,
        scale=_scale(release, cell.measure if kind == "low" else "").id,
        cell=cell,
        places=tuple((one.level, one.unit) for one in here),
        cost=_cost(release, cell, cells),
        sentence=_low(release, cell) if kind == "low" else _gap(release, kind, cell),
    )


def _cost(release: Release, cell: Cell, cells: dict[Key, Cell]) -> Expected | None:
    """The share below times the pupils who answered, both as they were released."""
    scale = cell.measure.partition(":")[2] if cell.measure.startswith("mean:") else ""
    measure = f"below:{scale}" if scale else "below"
    below = cells.get((cell.level, cell.unit, cell.breakdown, cell.group, measure))
    if below is None or below.n is None or below.low is None or below.high is None:
        return None
    return expected([below])


def expected(below: Iterable[Cell]) -> Expected:
    """Pupils below the line in cells of shares with n and interval, rounded outwards to whole pupils.

    >>> expected([Cell("all", "all", "everyone", "everyone", "below", 41, 25.0, 12.0, 44.0, "shown", None)])
    Expected(low=4, high=19, of=41)
    """
    low = high = 0.0
    n = 0
    for cell in below:
        n += cell.n or 0
        low += (cell.n or 0) * (cell.low or 0.0) / 100
        high += (cell.n or 0) * (cell.high or 0.0) / 100
    # To a millionth first: a product that is whole may be a little over it in binary.
    return Expected(floor(round(low, 6)), min(n, ceil(round(high, 6))), n)


def _low(release: Release, cell: Cell) -> Message:
    scale = _scale(release, cell.measure)
    sure = cell.high if scale.high_is_good else cell.low
    is_sure = sure is not None and (sure < scale.line if scale.high_is_good else sure > scale.line)
    direction = "under" if scale.high_is_good else "over"
    values = {
        "scale": scale_label(scale),
        "mean": float(cell.value or 0.0),
        "low": float(floor(cell.low or 0.0)),
        "high": float(ceil(cell.high or 0.0)),
        "line": float(scale.line),
        **_where(cell),
    }
    return Message(f"signal-{direction}-{'surely' if is_sure else 'perhaps'}", values)


def _gap(release: Release, kind: Kind, cell: Cell) -> Message:
    low, high = sorted(abs(bound or 0.0) for bound in (cell.low, cell.high))
    values = {
        "points": max(1, round(abs(cell.value or 0.0))),
        "low": float(floor(low)),
        "high": float(ceil(high)),
        **_where(cell),
    }
    if kind == "treatment":
        return Message(f"signal-treatment-{cell.group}", values)
    if cell.breakdown == EMBLEM:
        return Message(f"signal-gap-{cell.group}", values)
    breakdown, group = labels(release, cell.breakdown, cell.group)
    return Message("signal-gap", values | {"breakdown": breakdown, "group": group})


def _where(cell: Cell) -> dict[str, Message | str]:
    if (cell.level, cell.unit) == TOP:
        return {"where": Message("where-all", {})}
    return {"where": Message("where-unit", {"unit": cell.unit.rpartition("/")[2]})}


def scale_label(scale: ScaleCard) -> Text | Message:
    """The words for a scale: its own label, or for a part of the main scale the message of the part."""
    return scale.label if scale.label else Message(f"part-{scale.id}", {})


def labels(release: Release, breakdown: str, group: str) -> tuple[Text, Text]:
    """The labels of a breakdown and a group; of a combination those of its parts."""
    pairs = [pair for name in group.split("+") for pair in _labelled(release, breakdown, name)]
    if not pairs:
        return {"en": breakdown}, {"en": group}
    return _joined(pair[0] for pair in pairs), _joined(pair[1] for pair in pairs)


def _labelled(release: Release, breakdown: str, group: str) -> Iterator[tuple[Text, Text]]:
    wanted = release.card.intersections if breakdown == "intersections" else (breakdown,)
    for card in release.card.breakdowns:
        if card.id in wanted:
            yield from ((card.label, one.label) for one in card.groups if one.id == group)


def _joined(texts: Iterable[Text]) -> Text:
    parts = list(texts)
    return {
        language: ", ".join(part.get(language) or next(iter(part.values()), "") for part in parts)
        for language in LANGUAGES
    }
