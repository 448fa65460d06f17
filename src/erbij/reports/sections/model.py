"""The conceptual model of belonging, with the questions of this survey placed on it."""

from erbij.instruments import registry
from erbij.instruments.schema import Instrument, Item
from erbij.reports.description import Section, Table
from erbij.reports.results import Results
from erbij.reports.words import Words, sentence

DOMAINS = ("social", "personal", "academic")
GROUND = ("opportunity", "discrimination")
"""What a school affords, and what works against it: under all three domains."""
PERSONAL = ("identity", "autonomy")

Row = tuple[str, str]


def tell(results: Results, words: Words) -> Section:
    """A table for each part; where the questions are not ours to show, their scales stand there."""
    parts = _parts(results, words)
    head = (words.say("column-question"), words.say("model-about"))
    return Section(
        id="model",
        heading=words.say("model"),
        lead=(words.say("model-lead"),),
        tables=tuple((words.say(f"model-{part}"), Table(head, rows)) for part, rows in parts if rows),
        not_told=(words.say("model-not-told"),),
    )


def domain_of(item: Item) -> str:
    """Where a question stands: identity and autonomy are personal, peers social, teachers academic."""
    if item.facet in PERSONAL:
        return "personal"
    return "academic" if item.source == "teachers" and item.facet != "inclusion" else "social"


def _parts(results: Results, words: Words) -> list[tuple[str, tuple[Row, ...]]]:
    instrument = _instrument(results)
    asked = [] if instrument is None else [item for item in instrument.items.values() if item.text]
    if instrument is None or not asked:
        return [("asked", _scales(results, words))]
    told = {scale.id: scale for scale in results.release.card.scales}
    found: dict[str, list[Row]] = {part: [] for part in (*DOMAINS, *GROUND)}
    for item in asked:
        scale = told.get(item.scale or "")
        if scale is None:
            continue
        if scale.id == results.main.id:
            found[domain_of(item)].append(_row(words, item, words.say(f"facet-{item.facet}")))
        elif scale.kind == "outcome" and scale.domain == "academic":
            found["academic"].append(_row(words, item, words.label(scale.label, scale.id)))
        elif scale.kind in GROUND:
            found[scale.kind].append(_row(words, item, words.label(scale.label, scale.id)))
    return [(part, tuple(rows)) for part, rows in found.items()]


def _instrument(results: Results) -> Instrument | None:
    """The questionnaire, where it is one of the catalogue and still the one that was asked."""
    card = results.release.card.instrument
    if card.id not in registry.ids():
        return None
    known = registry.load(card.id)
    return known if known.version == card.version else None


def _row(words: Words, item: Item, about: str) -> Row:
    return words.label(item.text, item.id), sentence(about)


def _scales(results: Results, words: Words) -> tuple[Row, ...]:
    cards = (scale for scale in results.release.card.scales if scale.part is None)
    return tuple((sentence(words.label(scale.label, scale.id)), "") for scale in cards)
