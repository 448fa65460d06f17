"""Did it help? What changed where an action ran, beside where it did not: from releases and the plan."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from django.utils.translation import gettext as _

from erbij.actions import evaluation, panel, power
from erbij.actions.evaluation import Assigned
from erbij.actions.panel import Panel
from erbij.actions.power import FEWEST
from erbij.actions.words import Words
from erbij.errors import ActionError
from erbij.web.plans import class_names
from erbij.web.plans.class_names import Called
from erbij.web.plans.models import Draw, PlannedAction
from erbij.web.plans.queries import Past, Plan
from erbij.web.plans.telling import ActionTold
from erbij.web.results import queries as results
from erbij.web.results.models import ReleaseRecord

SCHOOL, PLANNED = PlannedAction.Level.SCHOOL, PlannedAction.Status.PLANNED


@dataclass(frozen=True, slots=True)
class Looked:
    """One action, wherever it was planned: `seen` after a later wave, else `promised`, what could be seen.

    `lots`: whether the places were drawn by lot here, and still are as they fell.
    `why_not` tells why there is no comparison yet, or none at all.
    """

    actions: tuple[ActionTold, ...]
    seen: tuple[str, ...] = ()
    lots: str = ""
    promised: str = ""
    why_not: str = ""


def at(
    plan: Plan,
    actions: Sequence[ActionTold],
    words: Words,
    *,
    past: Past,
) -> tuple[Looked, ...]:
    """Look back at each action of a plan; the same action in other places counts as one."""
    ordered = sorted(actions, key=lambda one: (*_kind(one), one.row.starts_on, one.row.pk))
    kinds = [tuple(some) for _, some in groupby(ordered, _kind)]
    return tuple(
        replace(_looked(plan, some, words, past=past), lots=_lots(some, past.draws)) for some in kinds
    )


def own_evidence(looked: Iterable[Looked]) -> dict[str, tuple[str, ...]]:
    """What the school saw itself of actions of the catalogue, by their id."""
    return {one.actions[0].row.action: one.seen for one in looked if one.seen and one.actions[0].row.action}


def _kind(one: ActionTold) -> tuple[str, str]:
    return _kind_of(one.row)


def _kind_of(row: PlannedAction) -> tuple[str, str]:
    return row.action or row.title, row.level


def _looked(
    plan: Plan,
    actions: tuple[ActionTold, ...],
    words: Words,
    *,
    past: Past,
) -> Looked:
    if actions[0].row.level == SCHOOL:
        why = _("It runs in the whole school: there is no place to compare with. See what changed for all.")
        return Looked(actions, why_not=why)
    records = alike(plan.records)
    if not records:
        return Looked(actions, why_not=_("No survey has closed yet."))
    rows = [one.row for one in actions]
    seen = _whole(_seen(records, str(rows[0].level), past), rows)
    drawn = {
        unit: place
        for place, draw in enumerate(_draws_that_hold(actions, past.draws))
        for unit in seen.called.units([*draw.starts], seen.after(draw.on))
    }
    if drawn:
        # A place that did not take part was not drawn either: to compare with it would be no lot.
        seen = _only(seen, frozenset(drawn))
    begun = [row for row in rows if row.status != PLANNED]
    others = [row for row in past.rows if _kind_of(row) != _kind(actions[0]) and row.level == rows[0].level]
    others = [row for row in others if row.status != PLANNED]
    ran = _starts(begun or rows, seen)
    early = Looked(actions, promised=_promised(others, seen, ran, words, drawn=drawn))
    if not begun:
        return replace(early, why_not=_("Nobody has said yet that it runs."))
    if not any(0 < start < seen.panel.waves for start in ran.values()):
        return replace(early, why_not=_too_early(ran))
    seen, beside = _without(others, seen, ran)
    assigned = _assigned(actions, past.draws)
    told, why_not = _held_against(seen.panel, ran, words, assigned=assigned, drawn=drawn)
    return Looked(actions, seen=(*told, beside) if told and beside else told, why_not=why_not)


def _too_early(starts: Mapping[str, int]) -> str:
    if 0 in starts.values():
        return _("It ran before the first survey with these questions.")
    return _("No survey has closed since it started.")


@dataclass(frozen=True, slots=True)
class _Seen:
    """Places over waves, what they were called in each, and the days on which those waves closed."""

    panel: Panel
    called: Called
    days: tuple[dt.date, ...]

    def after(self, day: dt.date) -> int:
        """The first wave that closed after a day; past the last, if none."""
        return next((place for place, closed in enumerate(self.days) if closed > day), len(self.days))


def _seen(records: Sequence[ReleaseRecord], level: str, past: Past) -> _Seen:
    called = class_names.called(records, level, past.renamed)
    known = panel.of([results.release_of(one) for one in records], level, names=called.waves)
    return _Seen(known, called, tuple(one.closed_on for one in records))


def _whole(seen: _Seen, rows: Sequence[PlannedAction]) -> _Seen:
    """Leave out classes put together of some where it ran and some where it did not."""
    at: dict[int, list[str]] = {}
    for row in rows:
        at.setdefault(seen.after(row.starts_on), []).extend(row.places)
    partly = frozenset[str]().union(*(seen.called.partly(names, wave) for wave, names in at.items()))
    return _only(seen, frozenset(seen.panel.units) - partly)


def _held_against(
    known: Panel, starts: dict[str, int], words: Words, *, assigned: Assigned, drawn: Mapping[str, int]
) -> tuple[tuple[str, ...], str]:
    """The comparison where there are places enough on both sides, else that there are not."""
    ran = {unit: start for unit, start in starts.items() if 0 < start < known.waves}
    # Where it ran before the first survey there is no change to see, and it is no comparison either.
    kept = _kept(known, frozenset(unit for unit in known.units if starts.get(unit, 1) > 0))
    try:
        found = evaluation.evaluate(kept, ran, assigned=assigned, drawn=drawn or None)
    except ActionError:
        why = _("A comparison needs two places with results where it ran and two where it did not.")
        return (), why
    return tuple(words.tell(one) for one in evaluation.sentences(found)), ""


def _without(others: Sequence[PlannedAction], seen: _Seen, ran: dict[str, int]) -> tuple[_Seen, str]:
    """Leave out of the comparison where another action ran, and say so; also where it can't be told apart."""
    touched = {unit for unit, at in _starts(others, seen).items() if 0 < at < seen.panel.waves}
    if touched & ran.keys():
        return seen, _("Another action ran in some of these places: what each did cannot be told apart.")
    stays = frozenset(seen.panel.units) - touched
    if not touched:
        return seen, ""
    if len(stays) - len(ran) < FEWEST:
        return seen, _(
            "Another action ran in places that it is compared with: this is the difference of both."
        )
    return _only(seen, stays), _("Places where another action ran are not compared.")


def _only(seen: _Seen, stays: frozenset[str]) -> _Seen:
    return replace(seen, panel=_kept(seen.panel, stays))


def _kept(known: Panel, stays: frozenset[str]) -> Panel:
    rows = np.array([unit in stays for unit in known.units], dtype=bool)
    return Panel(tuple(unit for unit in known.units if unit in stays), known.value[rows], known.se[rows])


def _draws_that_hold(actions: Sequence[ActionTold], draws: Mapping[str, Draw]) -> tuple[Draw, ...]:
    """The draws of which all these came, if all of them still run where lots said; else none."""
    found = [draws.get(one.row.code) for one in actions]
    hold = [draw for one, draw in zip(actions, found, strict=True) if draw and draw.holds_for(one.row)]
    return tuple({draw.pk: draw for draw in hold}.values()) if len(hold) == len(actions) else ()


def _lots(actions: Sequence[ActionTold], draws: Mapping[str, Draw]) -> str:
    """What the lots mean for what may be said; empty where none were drawn here."""
    hold = _draws_that_hold(actions, draws)
    if len(hold) == 1:
        told = {"count": len(hold[0].starts), "seed": hold[0].seed}
        return _("Lots were drawn among %(count)s places (seed %(seed)s); only these are compared.") % told
    if hold:
        times = {"times": len(hold), "count": sum(len(draw.starts) for draw in hold)}
        return (
            _("Lots were drawn %(times)s times, among %(count)s places; each is compared within its draw.")
            % times
        )
    if any(one.row.code in draws for one in actions):
        return _("Lots were drawn, but it did not stay as they fell: it no longer counts as drawn by lot.")
    return ""


def alike(records: Sequence[ReleaseRecord]) -> list[ReleaseRecord]:
    """Those with the questions of the newest one: other questions cannot be compared."""
    return [one for one in records if one.wave.instrument_id == records[-1].wave.instrument_id]


def _starts(rows: Sequence[PlannedAction], seen: _Seen) -> dict[str, int]:
    """For each unit in which it runs, the first wave that closed after its start; past the last, if none."""
    found: dict[str, int] = {}
    for row in rows:
        start = seen.after(row.starts_on)
        for unit in seen.called.units(row.places, start) & {*seen.panel.units}:
            found[unit] = min(start, found.get(unit, start))
    return found


def _promised(
    others: Sequence[PlannedAction],
    seen: _Seen,
    starts: Mapping[str, int],
    words: Words,
    *,
    drawn: Mapping[str, int],
) -> str:
    """What a comparison could see without places where another action runs; empty where too few are left."""
    busy = {unit for unit, at in _starts(others, seen).items() if at > 0}
    free = _kept(seen.panel, frozenset(seen.panel.units) - busy)
    sides = [
        (len(units & starts.keys()), len(units - starts.keys()))
        for draw in sorted({*drawn.values()} or {0})
        if (units := {unit for unit in free.units if drawn.get(unit, 0) == draw})
    ]
    try:
        return words.tell(power.tell(power.of(free, sides)))
    except ActionError:
        return ""


def _assigned(actions: Sequence[ActionTold], draws: Mapping[str, Draw]) -> Assigned:
    """How places were chosen; where that differs, the way that allows the least to be said."""
    if any(one.row.code in draws for one in actions) and not _draws_that_hold(actions, draws):
        return "by-wish"
    ways: tuple[Assigned, ...] = ("by-wish", "by-need", "by-lot")
    used = {str(one.row.assigned) for one in actions}
    return next(way for way in ways if way in used)
