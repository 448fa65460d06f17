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
from erbij.reports.description import Axis, Figure, Report, Row, Section, Table
from erbij.reports.phrases import between, whole
from erbij.reports.report import CHROME
from erbij.reports.results import Results
from erbij.reports.words import Words, sentence

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
FEWEST = 2
"""Of the three, how many have to have answered."""
WHOLE = "whole"
AXIS = Axis(0.0, 100.0)
"""One axis for every picture, so that a small difference looks small."""
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
    figures_ = tuple(_figure(mirror, words) for mirror in mirrors)
    apart = tuple(figure.title for figure in figures_ if figure.sentences)
    pairs = sum(1 for mirror in mirrors for _ in _pairs(mirror))
    lead = "bridge-hidden" if not pairs else "bridge-apart" if apart else "bridge-alike"
    section = Section(
        id=id_,
        heading=words.say("bridge-facets" if id_ == "facets" else "bridge-opportunities"),
        lead=(words.say(lead),),
        points=apart,
        figures=figures_,
        sure=(words.say("bridge-sure", count=pairs),) if pairs else (),
        not_told=(words.say("bridge-not-told"),),
    )
    return (section,)


Told = tuple[Side, Cell]


def _shown(mirror: Mirror) -> list[Told]:
    cells = ((side, side.cell(scale)) for side, scale in mirror.scales)
    return [(side, cell) for side, cell in cells if cell is not None]


def _pairs(mirror: Mirror) -> Iterator[tuple[Told, Told]]:
    """Each two sides that are shown; nothing is told of one that is withheld."""
    return combinations(_shown(mirror), 2)


def _is_apart(first: Cell, second: Cell) -> bool:
    """Whether the intervals do not touch, as they are released."""
    return _lies_below(first, second) or _lies_below(second, first)


def _lies_below(first: Cell, second: Cell) -> bool:
    # Without an interval everything is possible.
    return first.high is not None and second.low is not None and first.high < second.low


def _gap(words: Words, first: Told, second: Told) -> str:
    values: dict[str, str] = {}
    for number, (side, cell) in zip(("", "2"), (first, second), strict=True):
        who = side.words.say("people" if number else "People")
        told = {"who": who, "mean": whole(words, cell), **between(words, cell)}
        values |= {f"{name}{number}": value for name, value in told.items()}
    return words.say("bridge-gap", **values)


def _figure(mirror: Mirror, words: Words) -> Figure:
    """The sides of one thing under each other, with what may be said of their differences."""
    rows = tuple(_row(mirror, side, scale) for side, scale in mirror.scales)
    head = (words.say("bridge-side"), words.say("column-mean"), words.say("column-interval"))
    gaps = (_gap(words, a, b) for a, b in _pairs(mirror) if _is_apart(a[1], b[1]))
    return Figure(
        id=f"figure-{mirror.id}",
        title=mirror.label,
        subtitle=words.say("chart-subtitle-scales"),
        rows=rows,
        axis=AXIS,
        note=words.say("bridge-note"),
        alt=figures.alt(words, mirror.label, rows),
        table=Table(head, tuple((row.label, *figures.told(words, row)) for row in rows)),
        sentences=tuple(gaps),
    )


def _row(mirror: Mirror, side: Side, scale: ScaleCard) -> Row:
    cell = side.cell(scale)
    row = Row(f"{mirror.id}-{side.audience}", side.words.say("bridge-who"))
    is_low = cell is not None and any(_lies_below(cell, other) for _, other in _shown(mirror))
    return replace(figures.filled(side.words, row, cell), is_low=is_low)


def _provenance(side: Side) -> tuple[str, str]:
    card = side.found.release.card
    title = side.words.label(card.title, card.instrument.id)
    instrument = side.words.label(card.instrument.title, card.instrument.id)
    return side.words.say(
        "People"
    ), f"{title} · {instrument} ({card.instrument.id} {card.instrument.version})"
