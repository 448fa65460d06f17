"""Which actions fit a finding, and why each is offered.

An action is offered for a reason that can be said: it is meant for this group, for those who meet unfair
treatment, for this part of belonging, or under this opportunity. What else is low in the same release makes
further reasons and a higher place. An action on pupils comes with actions on what the school affords.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from erbij.actions import registry, signals
from erbij.actions.opportunity import Action
from erbij.actions.signals import Signal
from erbij.privacy.release import Release
from erbij.words import Message

SAME = {"home-language": "home-languages", "origin": "parents-born"}
"""How study files name what the instruments ask under another name."""

STRENGTHS = ("A", "B", "C", "none")


@dataclass(frozen=True, slots=True)
class Offer:
    """An action for a finding, the reasons for it, and the actions on the school that must go with it."""

    action: Action
    reasons: tuple[Message, ...]
    together: tuple[Action, ...]


def offers(
    release: Release, signal: Signal, actions: Mapping[str, Action] | None = None
) -> tuple[Offer, ...]:
    """The actions that fit a signal of a release: most reasons first, then the strongest evidence.

    Parameters
    ----------
    actions
        By id; those of the catalogue where None.
    """
    known = registry.actions() if actions is None else actions
    low = [one for one in signals.of(release) if one.kind == "low" and one.id != signal.id]
    found = []
    for action in known.values():
        if first := tuple(_reasons(release, signal, action)):
            also = tuple(_also(release, action, low))
            together = tuple(known[one] for one in action.with_ if one in known)
            found.append(Offer(action, (*first, *also), together))
    return tuple(sorted(found, key=_place))


def _place(offer: Offer) -> tuple[int, int, str]:
    return -len(offer.reasons), STRENGTHS.index(offer.action.strength), offer.action.id


def _reasons(release: Release, signal: Signal, action: Action) -> Iterator[Message]:
    if signal.kind == "low":
        yield from _about(release, action, (signal,), "fits")
        return
    is_emblem = signal.breakdown == signals.EMBLEM
    if is_emblem and action.fits.discrimination:
        yield Message("fits-treatment", {})
    for name in _breakdowns(release, signal):
        if SAME.get(name, name) in action.fits.breakdowns:
            label = next((card.label for card in release.card.breakdowns if card.id == name), {"en": name})
            yield Message("fits-breakdown", {"breakdown": label})


def _breakdowns(release: Release, signal: Signal) -> tuple[str, ...]:
    if signal.breakdown == "intersections":
        return release.card.intersections
    return () if signal.breakdown == signals.EMBLEM else (signal.breakdown,)


def _also(release: Release, action: Action, low: Iterable[Signal]) -> Iterator[Message]:
    """What else is low and fits: at the top of the release only, so that one class does not decide."""
    at_top = tuple(one for one in low if (one.cell.level, one.cell.unit) == signals.TOP)
    yield from _about(release, action, at_top, "fits-also")


def _about(release: Release, action: Action, low: Iterable[Signal], message: str) -> Iterator[Message]:
    for signal in low:
        scale = next(one for one in release.card.scales if one.id == signal.scale)
        values = {"scale": signals.scale_label(scale)}
        if scale.opportunity == action.opportunity:
            yield Message(f"{message}-opportunity", values)
        elif signal.scale in (*action.fits.parts, *action.fits.scales):
            yield Message(f"{message}-scale", values)
        elif scale.id == release.card.instrument.main_scale or scale.kind == "overall":
            if message == "fits" and any(one.belonging for one in action.evidence):
                yield Message("fits-belonging", values)
        elif scale.kind == "discrimination" and action.fits.discrimination:
            yield Message(f"{message}-scale", values)
