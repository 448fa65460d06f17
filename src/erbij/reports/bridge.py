"""The bridge: what pupils, parents and staff of one school say, beside each other, from their releases.

What is beside what follows from the instruments: the same facet of the main scale, the same opportunity.
A difference is told only where two intervals do not touch.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import get_args

from erbij.errors import ReportError
from erbij.instruments.schema import Audience, Facet
from erbij.privacy.release import Cell, Release, ScaleCard
from erbij.reports import figures, results
from erbij.reports.description import Figure, Report, Row, Section, Table
from erbij.reports.phrases import between, interval, whole
from erbij.reports.report import CHROME
from erbij.reports.results import Results
from erbij.reports.words import Words, sentence

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
FEWEST = 2
"""Of the three, how many have to have answered."""
WHOLE = "whole"
LIMITS = ("bridge-limits-right", "bridge-limits-same", "bridge-limits-time", "bridge-limits-new")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the three: its release, and the words that name it."""

    audience: Audience
    found: Results
    words: Words

    def cell(self, scale: ScaleCard) -> Cell | None:
        """The mean of a scale; None where it is withheld."""
        return self.found.everyone(_measure(self.found, scale))

    def was_asked(self, scale: ScaleCard) -> bool:
        """Whether a scale has a mean, shown or withheld."""
        return self.found.was_made(results.EVERYONE, results.EVERYONE, _measure(self.found, scale))


@dataclass(frozen=True, slots=True)
class Mirror:
    """One thing that two or three sides were asked: its name and the scale of each side."""

    id: str
    label: str
    scales: tuple[tuple[Side, ScaleCard], ...]


def describe(releases: Mapping[Audience, Release], language: str) -> Report:
    """Put the releases of a school beside each other.

    Parameters
    ----------
    releases
        One for each who answered, at least two.
    language
        One of those of the report.

    Raises
    ------
    ReportError
        There are fewer than two, or the language is unknown.
    """
    if len(releases) < FEWEST:
        raise ReportError("a bridge needs two sides", found=list(releases), allowed=AUDIENCES)
    words = Words(language)
    sides = tuple(_side(who, releases[who], language) for who in AUDIENCES if who in releases)
    return Report(
        language=language,
        title=words.say("bridge"),
        lead=words.say("bridge-lead"),
        mark=next(filter(None, (figures.mark(side.found, words) for side in sides)), ""),
        sections=(
            *_told("facets", _mirrors(sides, "facet"), words),
            *_told("opportunities", _mirrors(sides, "opportunity"), words),
            Section("limits", words.say("limits"), lead=(), points=tuple(words.say(one) for one in LIMITS)),
        ),
        provenance=tuple(_provenance(side) for side in sides),
        chrome={name: words.say(name) for name in CHROME},
    )


def _side(audience: Audience, release: Release, language: str) -> Side:
    return Side(audience, results.look_up(release), Words(language, audience))


def _measure(found: Results, scale: ScaleCard) -> str:
    return "mean" if scale == found.main else f"mean:{scale.id}"


def _mirrors(sides: tuple[Side, ...], kind: str) -> tuple[Mirror, ...]:
    """What at least two sides were asked, of a kind: `facet` (with the whole in front) or `opportunity`."""
    scales = {side: _scales(side, kind) for side in sides}
    order = (
        get_args(Facet) if kind == "facet" else dict.fromkeys(name for of in scales.values() for name in of)
    )
    names = (WHOLE, *order) if kind == "facet" else tuple(order)
    found = ((name, [(side, of[name]) for side, of in scales.items() if name in of]) for name in names)
    return tuple(
        Mirror(f"{kind}-{name}", _label(kind, name, asked), tuple(asked))
        for name, asked in found
        if len(asked) >= FEWEST
    )


def _scales(side: Side, kind: str) -> dict[str, ScaleCard]:
    """The scales of one side that have mirrors, each by what it is about."""
    asked = [scale for scale in side.found.release.card.scales if side.was_asked(scale)]
    if kind == "opportunity":
        return {scale.opportunity: scale for scale in asked if scale.opportunity}
    facets = {scale.id.removeprefix("facet-"): scale for scale in asked if scale.part == "facet"}
    return facets | ({WHOLE: side.found.main} if side.found.main in asked else {})


def _label(kind: str, name: str, asked: list[tuple[Side, ScaleCard]]) -> str:
    side, scale = asked[0]
    if kind == "opportunity":
        return sentence(side.words.label(scale.label, scale.id))
    return side.words.say("bridge-whole" if name == WHOLE else scale.id)


def _told(id_: str, mirrors: tuple[Mirror, ...], words: Words) -> tuple[Section, ...]:
    if not mirrors:
        return ()
    pairs = [pair for mirror in mirrors for pair in _pairs(mirror)]
    apart = tuple(_gap(words, *pair) for pair in pairs if _is_apart(*pair[1:]))
    lead = "bridge-hidden" if not pairs else "bridge-apart" if apart else "bridge-alike"
    title = words.say("bridge-facets" if id_ == "facets" else "bridge-opportunities")
    section = Section(
        id=id_,
        heading=title,
        lead=(words.say(lead),),
        points=apart,
        figures=(_figure(id_, title, mirrors, words),),
        sure=(words.say("bridge-sure", count=len(pairs)),) if pairs else (),
        not_told=(words.say("bridge-not-told"),),
    )
    return (section,)


Told = tuple[Side, Cell]


def _pairs(mirror: Mirror) -> Iterator[tuple[Mirror, Told, Told]]:
    """Each two sides that are shown; nothing is told of one that is withheld."""
    cells = ((side, side.cell(scale)) for side, scale in mirror.scales)
    shown = [(side, cell) for side, cell in cells if cell is not None]
    yield from ((mirror, first, second) for first, second in combinations(shown, 2))


def _is_apart(first: Told, second: Told) -> bool:
    """Whether the intervals do not touch, as they are released."""
    (low, high), (low2, high2) = (_bounds(cell) for _, cell in (first, second))
    return high < low2 or high2 < low


def _bounds(cell: Cell) -> tuple[float, float]:
    # Without an interval everything is possible.
    return (0.0, 100.0) if cell.low is None or cell.high is None else (cell.low, cell.high)


def _gap(words: Words, mirror: Mirror, first: Told, second: Told) -> str:
    values = {"part": mirror.label}
    for number, (side, cell) in zip(("", "2"), (first, second), strict=True):
        told = {"who": side.words.say("people"), "mean": whole(words, cell), **between(words, cell)}
        values |= {f"{name}{number}": value for name, value in told.items()}
    return words.say("bridge-gap", **values)


def _figure(id_: str, title: str, mirrors: tuple[Mirror, ...], words: Words) -> Figure:
    rows = [row for mirror in mirrors for row in _rows(mirror)]
    named = tuple(replace(row, label=f"{part}, {row.label}", starts_part="") for part, row in rows)
    cells = [cell for mirror in mirrors for side, scale in mirror.scales if (cell := side.cell(scale))]
    return Figure(
        id=f"figure-{id_}",
        title=words.say("bridge-figure"),
        subtitle=words.say("chart-subtitle-scales"),
        rows=tuple(row for _, row in rows),
        axis=figures.axis_around(cells),
        note=words.say("chart-note-scales"),
        alt=figures.alt(words, title, named),
        table=_table(mirrors, words),
    )


def _rows(mirror: Mirror) -> Iterator[tuple[str, Row]]:
    """The rows of a mirror, the first under its name."""
    heading = mirror.label
    for side, scale in mirror.scales:
        row = Row(f"{mirror.id}-{side.audience}", side.words.say("bridge-who"), starts_part=heading)
        yield mirror.label, figures.filled(side.words, row, side.cell(scale))
        heading = ""


def _table(mirrors: tuple[Mirror, ...], words: Words) -> Table:
    sides = {side.audience: side for mirror in mirrors for side, _ in mirror.scales}
    here = [sides[who] for who in AUDIENCES if who in sides]
    head = (words.say("column-question"), *(side.words.say("People") for side in here))
    body = []
    for mirror in mirrors:
        scales = {side.audience: scale for side, scale in mirror.scales}
        told = (_entry(side, scales.get(side.audience)) for side in here)
        body.append((mirror.label, *told))
    return Table(head, tuple(body))


def _entry(side: Side, scale: ScaleCard | None) -> str:
    if scale is None:
        return side.words.say("bridge-not-asked")
    cell = side.cell(scale)
    if cell is None or cell.value is None:
        return side.words.say("not-shown")
    return f"{side.words.number(cell.value, 1)} ({interval(side.words, cell.low, cell.high, decimals=1)})"


def _provenance(side: Side) -> tuple[str, str]:
    card = side.found.release.card
    title = side.words.label(card.title, card.instrument.id)
    instrument = side.words.label(card.instrument.title, card.instrument.id)
    return side.words.say(
        "People"
    ), f"{title} · {instrument} ({card.instrument.id} {card.instrument.version})"
