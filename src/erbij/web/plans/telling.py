"""Decisions and actions in the reader's language; what a finding says is said by `erbij.actions`."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erbij.actions import decisions, evidence, fitting, registry, signals
from erbij.actions.decisions import Decision
from erbij.actions.fitting import Offer
from erbij.actions.opportunity import Action, Evidence
from erbij.actions.signals import Signal
from erbij.actions.words import Words
from erbij.privacy.release import Release
from erbij.web.plans.models import Choice, PlannedAction
from erbij.web.plans.queries import Plan
from erbij.web.results import queries as results
from erbij.words import Message, sentence

FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision as a page shows it; `choice` and `earlier` are rows, `standing` empty where it shows."""

    id: str
    is_open: bool
    sentence: str
    topic: str
    age: str
    cost: str
    standing: str
    places: tuple[str, ...]
    choice: Choice | None
    earlier: Choice | None
    seen: int
    actions: tuple["ActionTold", ...]


@dataclass(frozen=True, slots=True)
class EvidenceTold:
    """A source: its sentences, the first of which says how strong it is."""

    strength: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferTold:
    """An action of the catalogue with everything that is known of it; `together`: what must go with it.

    `own`: what the school saw of it itself.
    """

    id: str
    title: str
    on_pupils: bool
    reasons: tuple[str, ...]
    what: str
    first_step: str
    who: str
    hours: str
    money: str
    risk: str
    sign: str
    caution: str
    evidence: tuple[EvidenceTold, ...]
    together: tuple["OfferTold", ...]
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionTold:
    """A planned action with its title and its places in words."""

    row: PlannedAction
    title: str
    places: str
    is_due: bool
    finding: str


def decision_of(
    plan: Plan, decision: Decision, words: Words, *, today: dt.date, actions: tuple[ActionTold, ...] = ()
) -> DecisionTold:
    """Tell a decision."""
    signal, last = decision.signal, plan.last_choice(decision.id)
    return DecisionTold(
        id=decision.id,
        is_open=decision.is_open,
        sentence=finding(signal, words),
        topic=_topic(plan, signal, words),
        age=age(decision.age(today)),
        cost=words.tell(decisions.cost(decision)),
        standing="" if decision.standing == "shows" else words.tell(decisions.standing(decision)),
        places=tuple(_unit(unit) for level, unit in signal.places if (level, unit) != signals.TOP),
        choice=None if decision.is_open else last,
        earlier=_earlier(plan, decision),
        seen=last.pk if last else 0,
        actions=tuple(one for one in actions if one.row.signal == decision.id),
    )


def finding(signal: Signal, words: Words) -> str:
    """What a finding says, in one sentence."""
    return sentence(words.tell(signal.sentence))


def age(days: int) -> str:
    """How long something stands open, in days and from two weeks on in weeks.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     age(0), age(13), age(43)
    ('since today', '13 days', '6 weeks')
    """
    if days < 1:
        return _("since today")
    if days < FORTNIGHT:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    weeks = days // 7
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}


def _earlier(plan: Plan, decision: Decision) -> Choice | None:
    made = [one for one in plan.choices if one.signal == decision.id and one.on < decision.since]
    return made[-1] if made else None


def _topic(plan: Plan, signal: Signal, words: Words) -> str:
    record = plan.record_with(signal.id)
    if record is None:
        return ""
    card = results.release_of(record).card
    if signal.breakdown == signals.EMBLEM:
        return words.label(card.discrimination.label, "") if card.discrimination else ""
    if signal.kind == "gap":
        return words.label(signals.labels(results.release_of(record), signal.breakdown, signal.group)[0], "")
    label = signals.scale_label(next(one for one in card.scales if one.id == signal.scale))
    return words.tell(label) if isinstance(label, Message) else words.label(label, "")


def _unit(unit: str) -> str:
    return unit.rpartition("/")[2]


def offers(release: Release, signal: Signal, words: Words) -> tuple[OfferTold, ...]:
    """What fits a finding, told with all that is known of it."""
    return tuple(_offer(one, words) for one in fitting.offers(release, signal))


def _offer(offer: Offer, words: Words) -> OfferTold:
    together = tuple(action_known(one, words) for one in offer.together)
    return action_known(offer.action, words, offer.reasons, together)


def action_known(
    action: Action,
    words: Words,
    reasons: tuple[Message, ...] = (),
    together: tuple[OfferTold, ...] = (),
) -> OfferTold:
    """Tell what is known of an action."""
    caution = evidence.caution(action)
    return OfferTold(
        id=action.id,
        title=words.label(action.title, action.id),
        on_pupils=action.changes == "pupils",
        reasons=tuple(words.tell(one) for one in reasons),
        what=words.label(action.what, ""),
        first_step=words.label(action.first_step, ""),
        who=words.label(action.who, ""),
        hours=_span(action.hours, words),
        money=_span(action.money, words),
        risk=words.label(action.risk, ""),
        sign=words.label(action.sign, ""),
        caution=words.tell(caution) if caution else "",
        evidence=tuple(_source(one, words) for one in action.evidence),
        together=together,
    )


def _source(one: Evidence, words: Words) -> EvidenceTold:
    first, *rest = (words.tell(message) for message in evidence.sentences(one))
    return EvidenceTold(first, tuple(rest))


def _span(bounds: tuple[float, float], words: Words) -> str:
    low, high = (words.number(bound) for bound in bounds)
    if low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def action_of(row: PlannedAction, plan: Plan, words: Words, *, today: dt.date) -> ActionTold:
    """Tell a planned action; `finding` is empty where the reader may not know the release."""
    signal = plan.signal(row.signal)
    return ActionTold(
        row=row,
        title=title_of(row, words),
        places=_places(row),
        is_due=row.is_due(today),
        finding=finding(signal, words) if signal else "",
    )


def _places(row: PlannedAction) -> str:
    names = ", ".join(row.places)
    # "5" alone says nothing; a grade that is called "third year" says enough.
    if row.level == PlannedAction.Level.GRADE and all(name.isdigit() for name in row.places):
        return _("grade %(names)s") % {"names": names}
    return names or _("the whole school")


def title_of(row: PlannedAction, words: Words) -> str:
    """What an action is called: its own title, or that of the catalogue in the reader's language."""
    known = registry.actions().get(row.action)
    return words.label(known.title, row.action) if known else row.title or row.action
