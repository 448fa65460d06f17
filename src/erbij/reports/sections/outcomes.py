"""What goes with belonging in how pupils feel, live together and learn, and what studies say of it."""

from erbij.privacy.release import Cell
from erbij.reports import differences
from erbij.reports.description import Figure, Row, Section, Table
from erbij.reports.results import Results, is_lower, is_sure
from erbij.reports.words import Words, sentence

CITED = ("motivation", "achievement", "stress", "help", "bullying", "absence", "leaving")
"""What published studies are cited for, without figures."""

OF_SCALES = {
    "stress": "stress",
    "asks-help": "help",
    "bullied": "bullying",
    "interest": "motivation",
    "perseverance": "motivation",
    "skipping": "absence",
    "leaving": "leaving",
}
"""For the scales of the own instruments, what they are about."""

WEAK, STRONG = 0.1, 0.3
"""Correlations from which a link is more than slight, and clear (Cohen 1988); by the end nearest nothing."""

Told = tuple[tuple[str, str | None, Cell | None], ...]
"""Outcomes by name, what each is about, and its number; in the order of the questionnaire."""


def was_found(results: Results) -> bool:
    """Whether the release has any of it, shown or withheld."""
    return any(cell.measure.startswith("with:") for cell in results.at_top.values())


def tell(results: Results, words: Words) -> Section:
    """Which outcomes go with more belonging and which with less, how closely, and what is known elsewhere."""
    told = _told(results, words)
    said = _said(words, told)
    return Section(
        id="outcomes",
        heading=words.say("outcomes"),
        lead=(words.say("outcomes-lead" if said else "outcomes-hidden"),),
        points=said,
        figures=(_figure(results, words, told),),
        tables=_cited(words, told),
        sure=(words.say("outcomes-sure"),) if said else (),
        not_told=(words.say("outcomes-not-told"),),
    )


def _told(results: Results, words: Words) -> Told:
    card = results.release.card
    named = [(scale.id, scale.label, OF_SCALES.get(scale.id)) for scale in card.scales]
    named += [(outcome.id, outcome.label, outcome.about) for outcome in card.outcomes]
    return tuple(
        (words.label(label, name), about, results.everyone(f"with:{name}"))
        for name, label, about in named
        if results.was_made("everyone", "everyone", f"with:{name}")
    )


def _strength(cell: Cell) -> str:
    """By the end of the interval that lies nearest nothing: never more than is sure."""
    least = min(abs(cell.low or 0.0), abs(cell.high or 0.0))
    return "clear" if least >= STRONG else "some" if least >= WEAK else "slight"


def _said(words: Words, told: Told) -> tuple[str, ...]:
    """A sentence for each direction and strength that occurs, and one for what may be chance."""
    said = []
    for direction in ("more", "less"):
        for strength in ("clear", "some", "slight"):
            named = _named(told, direction, strength)
            if named:
                said.append(words.say(f"outcomes-{direction}", strength=strength, outcomes=named))
    unsure = ", ".join(name for name, _, cell in told if cell is not None and not is_sure(cell))
    return (*said, *((words.say("outcomes-unsure", outcomes=unsure),) if unsure else ()))


def _named(told: Told, direction: str, strength: str) -> str:
    return ", ".join(
        name
        for name, _, cell in told
        if cell is not None
        and is_sure(cell)
        and ("less" if is_lower(cell) else "more") == direction
        and _strength(cell) == strength
    )


def _figure(results: Results, words: Words, told: Told) -> Figure:
    named = tuple((Row(name, sentence(name)), cell) for name, _, cell in told)
    title = words.say("outcomes-figure")
    return differences.of_correlations(results, words, named, title=title, name="outcomes")


def _cited(words: Words, told: Told) -> tuple[tuple[str, Table], ...]:
    """What studies say about the same things, in words: their figures were not checked."""
    asked = {about for _, about, cell in told if about is not None and cell is not None}
    rows = tuple(
        (f"{words.say(f'outcomes-about-{about}')}: {words.say(f'outcomes-cited-{about}')}",)
        for about in CITED
        if about in asked
    )
    return (
        ((words.say("outcomes-cited"), Table((words.say("outcomes-column-cited"),), rows)),) if rows else ()
    )
