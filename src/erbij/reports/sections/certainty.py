"""How sure are we?"""

import polars as pl

from erbij.privacy.release import Cell, InstrumentCard, SourceCard
from erbij.reports.description import Section
from erbij.reports.results import Results
from erbij.reports.words import Words

GOOD, FAIR = 0.80, 0.65
"""Alpha from which groups may be compared, and small differences need caution (after Nunnally 1978)."""


def tell(results: Results, words: Words) -> Section:
    """Intervals, reliability, the state of the questionnaire, weights and protection."""
    card = results.release.card
    return Section(
        id="certainty",
        heading=words.say("certainty"),
        lead=(words.say("certainty-interval"),),
        points=(
            *_reliability(results, words),
            *_instrument(words, card.instrument),
            *_weights(words, card.source),
            _protection(results, words),
        ),
    )


def _reliability(results: Results, words: Words) -> list[str]:
    alpha, omega = results.everyone("alpha"), results.everyone("omega")
    said = []
    if alpha is not None and alpha.value is not None:
        grade = "good" if alpha.value >= GOOD else "fair" if alpha.value >= FAIR else "poor"
        said.append(
            words.say(
                f"certainty-reliability-{grade}", alpha=_of(words, alpha.value), **_around(words, alpha)
            )
        )
    if omega is not None and omega.value is not None:
        said.append(words.say("certainty-omega", omega=_of(words, omega.value), **_around(words, omega)))
    return said


def _of(words: Words, coefficient: float) -> str:
    return words.number(coefficient, 2)


def _around(words: Words, cell: Cell) -> dict[str, str]:
    return {"low": _of(words, cell.low or 0.0), "high": _of(words, cell.high or 0.0)}


def _instrument(words: Words, card: InstrumentCard) -> list[str]:
    title = words.label(card.title, card.id)
    said = [words.say(f"certainty-status-{card.status}", title=title)]
    unread = [language for language, status in card.translations.items() if status != "reviewed"]
    if unread:
        names = ", ".join(words.language_name(language) for language in unread)
        said.append(words.say("certainty-translation", languages=names))
    return [*said, words.say("certainty-score", share=words.number(100 * card.min_share_answered))]


def _weights(words: Words, card: SourceCard) -> list[str]:
    if card.replicates:
        return [words.say("certainty-weights-replicates", count=card.replicates)]
    return [words.say("certainty-weights")] if card.is_weighted else []


def _protection(results: Results, words: Words) -> str:
    cells = results.release.cells
    hidden = cells.filter(pl.col("status") == "withheld").height
    threshold = results.release.card.policy.threshold
    return words.say("certainty-protection", threshold=threshold, total=cells.height, hidden=hidden)
