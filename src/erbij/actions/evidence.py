"""What is known of an action, in words: never an effect without its design, country, outcome and source."""

from erbij.actions.opportunity import (
    NO_REFERENCE,
    NOT_FOUND,
    NOT_STUDIED,
    NOT_TOLD,
    SEVERAL,
    Action,
    Evidence,
)
from erbij.words import Message

WORDS = (SEVERAL, NOT_TOLD, NOT_STUDIED)


def sentences(evidence: Evidence) -> tuple[Message, ...]:
    """Strength and design, where, what was found on what, and every reason for caution.

    >>> from erbij.actions import registry
    >>> [one.id for one in sentences(registry.actions()["missing-expertise"].evidence[0])]
    ['strength-none', 'evidence-effect']
    """
    said = [Message(f"strength-{evidence.strength}", {}), _found(evidence)]
    if evidence.strength == "none":
        return tuple(said)
    where = Message(_place(evidence.country[0]), {"countries": ", ".join(evidence.country)})
    said.insert(1, Message(f"design-{evidence.design}", {"where": where}))
    said.append(Message("belonging-measured" if evidence.belonging else "belonging-not-measured", {}))
    said.append(_source(evidence))
    if evidence.seen == "second-hand":
        said.append(Message("seen-second-hand", {}))
    return tuple(said)


def caution(action: Action) -> Message | None:
    """What has to be said of an action as a whole: nobody studied it, or never on belonging itself."""
    if action.strength == "none":
        return Message("caution-not-studied", {})
    return None if any(one.belonging for one in action.evidence) else Message("caution-not-belonging", {})


def _place(country: str) -> str:
    return f"country-{country}" if country in WORDS else "country"


def _found(evidence: Evidence) -> Message:
    number = evidence.number
    values = {"outcome": evidence.outcome, "effect": evidence.effect}
    if number is None:
        return Message("evidence-effect", values)
    told = {"measure": number.measure, "value": _hundredths(number.value)}
    if number.low is None or number.high is None:
        return Message("evidence-number", {**values, **told})
    ends = {"low": _hundredths(number.low), "high": _hundredths(number.high)}
    return Message("evidence-number-between", {**values, **told, **ends})


def _hundredths(value: float) -> str:
    # As the source writes it: an effect size is quoted, not told in the reader's format.
    return f"{value:.2f}"


def _source(evidence: Evidence) -> Message:
    if evidence.reference in {NOT_FOUND, NO_REFERENCE}:
        return Message("source-not-found", {"source": evidence.source})
    return Message("source", {"source": evidence.source, "reference": evidence.reference})
