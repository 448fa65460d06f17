"""Not choosing is choosing: every signal is a decision, and until it is taken it stands as the status quo.

Pure functions over the waves of a school and the choices it made. Nothing here closes a decision, forgets one
or lets it out of sight: one that no longer shows stays open until somebody chooses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from erbij.actions import signals
from erbij.actions.signals import Signal
from erbij.errors import ActionError
from erbij.privacy.release import Release
from erbij.words import Message

What = Literal["act", "look-closer", "leave"]
Standing = Literal["shows", "shows-no-longer", "not-told"]


@dataclass(frozen=True, slots=True)
class Wave:
    """A release and the day on which its wave closed."""

    release: Release
    closed_on: date


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen about a signal and when; to knowingly leave it as it is needs a `reason`.

    Raises
    ------
    ActionError
        The choice is none of the three, or things are left as they are without a reason.
    """

    signal: str
    what: What
    on: date
    reason: str = ""

    def __post_init__(self) -> None:
        if self.what not in get_args(What):
            raise ActionError("is no choice", where=(self.signal,), found=self.what, allowed=get_args(What))
        if self.what == "leave" and not self.reason.strip():
            raise ActionError("leaving things as they are needs a reason", where=(self.signal, "reason"))


@dataclass(frozen=True, slots=True)
class Decision:
    """A signal and what was chosen; without a choice it is the status quo.

    `since`: the closing of the wave since which it waits for a choice; `earlier`: the last choice before,
    which has to be made again where a later wave shows the signal once more. `standing`: whether
    the last wave shows it, shows it no longer, or does not tell.
    """

    signal: Signal
    standing: Standing
    since: date
    choice: Choice | None
    earlier: Choice | None

    @property
    def id(self) -> str:
        """The name of the decision: that of its signal."""
        return self.signal.id

    @property
    def is_open(self) -> bool:
        """Whether nothing is chosen yet: the status quo."""
        return self.choice is None

    def age(self, today: date) -> int:
        """Days for which it has stood open or stood before it was chosen; never below 0."""
        until = today if self.choice is None else self.choice.on
        return max(0, (until - self.since).days)


def of(waves: Sequence[Wave], choices: Iterable[Choice] = ()) -> tuple[Decision, ...]:
    """All decisions of a school: the open ones first, oldest first; then those that were taken.

    Parameters
    ----------
    waves
        Oldest first, at least one.
    choices
        In any order; of several about one signal the last counts, on one day the one that stands last.

    Raises
    ------
    ActionError
        There is no wave, or they do not stand oldest first.
    """
    _check(waves)
    chosen: dict[str, list[Choice]] = {}
    for choice in sorted(choices, key=lambda one: one.on):
        chosen.setdefault(choice.signal, []).append(choice)
    decisions = [_decision(waves[-1], case, chosen.get(name, [])) for name, case in _cases(waves, chosen)]
    return tuple(sorted(decisions, key=lambda one: (not one.is_open, one.since, one.id)))


@dataclass(frozen=True, slots=True)
class _Case:
    """A signal over waves: as last shown, since when it waits for a choice, and when it was last shown."""

    signal: Signal
    since: date
    shown_on: date


def _check(waves: Sequence[Wave]) -> None:
    days = [wave.closed_on for wave in waves]
    if not days or sorted(days) != days:
        raise ActionError("waves must be there, oldest first", found=[str(day) for day in days])


def _cases(waves: Sequence[Wave], chosen: Mapping[str, Sequence[Choice]]) -> Iterable[tuple[str, _Case]]:
    cases: dict[str, _Case] = {}
    for wave in waves:
        # What was chosen before this wave is settled: gone, unless this wave shows it again.
        settled = {
            name
            for name, case in cases.items()
            if any(case.since <= one.on < wave.closed_on for one in chosen.get(name, ()))
        }
        cases = {name: case for name, case in cases.items() if name not in settled}
        for signal in signals.of(wave.release):
            since = cases[signal.id].since if signal.id in cases else wave.closed_on
            cases[signal.id] = _Case(signal, since, wave.closed_on)
    return cases.items()


def _decision(last: Wave, case: _Case, choices: Sequence[Choice]) -> Decision:
    standing: Standing = "shows"
    if case.shown_on < last.closed_on:
        is_told = signals.could_show(last.release, case.signal.id)
        standing = "shows-no-longer" if is_told else "not-told"
    now = [one for one in choices if one.on >= case.since]
    before = [one for one in choices if one.on < case.since]
    return Decision(
        case.signal, standing, case.since, now[-1] if now else None, before[-1] if before else None
    )


def cost(decision: Decision) -> Message:
    """What leaving it as it is probably costs, in pupils below the line this year; never a promise."""
    expected = decision.signal.cost
    if expected is None:
        return Message("cost-not-told", {})
    if expected.low == expected.high:
        return Message("cost-exactly", {"count": expected.low, "of": expected.of})
    values = {"low": expected.low, "high": expected.high, "of": expected.of}
    return Message("cost" if expected.low else "cost-at-most", values)


def status(decision: Decision, today: date) -> Message:
    """Where a decision stands, in a few words: the status quo with its age, or what was chosen."""
    if decision.choice is None:
        return Message("status-quo", {"days": decision.age(today)})
    return Message(f"chosen-{decision.choice.what}", {"reason": decision.choice.reason})


def standing(decision: Decision) -> Message:
    """Whether the last wave still shows it, where that has to be said."""
    return Message(f"standing-{decision.standing}", {})
