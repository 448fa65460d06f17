"""What goes with belonging, within one class and between classes? Never ranked, never called a cause."""

from collections.abc import Callable

from erbij.privacy.release import Cell
from erbij.reports import differences
from erbij.reports.description import Figure, Row, Section
from erbij.reports.results import Results, is_lower, is_sure
from erbij.reports.words import Words, sentence

LEVELS = ("class", "school")
SIDES = ("within", "between")
PARTS = ("teacher-support", "voice")
"""Conditions that are parts of belonging; all others are scales of the release."""

Told = tuple[tuple[str, Cell | None], ...]
"""Conditions by name, in the order of the instrument."""


def level_of(results: Results) -> str | None:
    """The level whose units are kept apart; None where the release has no such numbers."""
    return next((level for level in LEVELS if _ids(results, f"within-{level}")), None)


def was_found(results: Results) -> bool:
    """Whether the release has any of it, shown or withheld."""
    return level_of(results) is not None


def tell(results: Results, words: Words) -> Section:
    """Both sides: which conditions go with more belonging, which with less, and of which it can't be told."""
    level = level_of(results) or LEVELS[0]
    sides = {side: _told(results, words, f"{side}-{level}") for side in SIDES}
    points = tuple(point for side, told in sides.items() for point in _said(words, f"{side}-{level}", told))
    has_parts = any(results.everyone(f"within-{level}:{part}") for part in PARTS)
    return Section(
        id="conditions",
        heading=words.say("conditions"),
        lead=(words.say("conditions-lead" if points else "conditions-hidden"),),
        points=points,
        figures=tuple(_figure(results, words, f"{side}-{level}", told) for side, told in sides.items()),
        sure=(words.say("conditions-sure", level=level),) if points else (),
        not_told=(
            words.say("conditions-not-told"),
            *((words.say("conditions-parts"),) if has_parts else ()),
        ),
    )


def _ids(results: Results, measure: str) -> list[str]:
    scales = [scale.id for scale in results.release.card.scales]
    known = (*scales, *PARTS)
    return [name for name in known if results.was_made("everyone", "everyone", f"{measure}:{name}")]


def _told(results: Results, words: Words, measure: str) -> Told:
    labels = {scale.id: words.label(scale.label, scale.id) for scale in results.release.card.scales}
    labels |= {part: words.say(f"conditions-{part}") for part in PARTS}
    names = _ids(results, measure)
    return tuple((labels[name], results.everyone(f"{measure}:{name}")) for name in names)


def _said(words: Words, measure: str, told: Told) -> tuple[str, ...]:
    """Up to three sentences: with more belonging, with less, and not to be told from chance."""
    side, level = measure.split("-")
    kinds: dict[str, Callable[[Cell], bool]] = {
        "more": lambda cell: is_sure(cell) and not is_lower(cell),
        "less": is_lower,
        "unsure": lambda cell: not is_sure(cell),
    }
    said = []
    for kind, holds in kinds.items():
        named = ", ".join(name for name, cell in told if cell is not None and holds(cell))
        if named:
            said.append(words.say(f"conditions-{side}-{kind}", level=level, conditions=named))
    return tuple(said)


def _figure(results: Results, words: Words, measure: str, told: Told) -> Figure:
    side, level = measure.split("-")
    named = tuple((Row(name, sentence(name)), cell) for name, cell in told)
    title = words.say(f"conditions-figure-{side}", level=level)
    return differences.of_slopes(results, words, named, title=title, name=measure)
