"""A budget divided by the rule of `erbij.actions.allocation`, as plain values that can be kept and shown."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from erbij.actions import allocation, registry
from erbij.actions.allocation import Division, Outcome, Range, Rule
from erbij.actions.words import Words
from erbij.privacy.release import Release
from erbij.web.plans.budget_form import STEPS, BudgetForm
from erbij.web.plans.models import PlannedAction

Inputs = Mapping[str, Any]
WIDE = 100.0
"""Units of the drawing from nothing to the most that a place gets."""


def divided(
    release: Release, form: BudgetForm, rows: Iterable[PlannedAction], words: Words
) -> dict[str, Any]:
    """Divide by need, with what the team decided otherwise.

    Raises
    ------
    ActionError
        The inputs do not fit the rule, or no place is told.
    """
    inputs, known = form.cleaned_data, registry.actions()
    chosen = tuple(known[name] for name in inputs["actions"])
    asked = allocation.problem(release, inputs["level"], chosen, budget=inputs["budget"], rule=_rule(inputs))
    now = _present(rows, inputs, [place.unit for place in asked.places])
    return _plain(allocation.overrule(asked, form.overrulings, now), words)


def _rule(inputs: Inputs) -> Rule:
    return Rule(
        effort=inputs["effort"],
        depth_weight=inputs["depth_weight"],
        least=inputs["least"] or 0.0,
        most=math.inf if inputs["most"] is None else inputs["most"],
        reach=inputs["reach"] / 100,
        reach_low=inputs["reach_low"] / 100,
        reach_high=inputs["reach_high"] / 100,
        steps=tuple((1 / 3, inputs[one] / 100) for one in STEPS),
        cap=inputs["cap"] / 100,
        draws=inputs["draws"],
        seed=inputs["seed"],
    )


def _present(rows: Iterable[PlannedAction], inputs: Inputs, units: list[str]) -> dict[str, float]:
    """What planned and running actions spend in each place now, shared alike over the places of each."""
    full = {unit.rpartition("/")[2]: unit for unit in units}
    spent: dict[str, float] = {}
    for row in rows:
        amount = row.money if inputs["effort"] == "money" else row.hours
        if row.is_active and amount and row.level == inputs["level"]:
            for name in row.places:
                if name in full:
                    spent[full[name]] = spent.get(full[name], 0.0) + amount / len(row.places)
    return spent


def _plain(found: Division, words: Words) -> dict[str, Any]:
    named = short([place.unit for place in found.places])
    most = max(max(place.hours, place.equal) for place in found.places) or 1.0
    return {
        "sentences": [words.tell(one) for one in allocation.sentences(found)],
        "outcomes": [
            {"name": name, **_outcome(one)}
            for name, one in (("need", found.by_need), ("equal", found.equal), ("present", found.present))
        ],
        "places": [
            {
                "unit": place.unit,
                "name": named[place.unit],
                "is_told": place.is_told,
                "hours": round(place.hours, 1),
                "equal": round(place.equal, 1),
                "present": round(place.present, 1),
                "need_at": round(WIDE * place.hours / most, 1),
                "equal_at": round(WIDE * place.equal / most, 1),
                "below": _range(place.below) if place.is_told else None,
                "after": _range(place.below_after) if place.is_told else None,
                "steady": round(100 * place.steady),
            }
            for place in found.places
        ],
    }


def short(units: Sequence[str]) -> dict[str, str]:
    """Names of units without what all of them begin with: the school, where there is but one."""
    schools = {unit.partition("/")[0] for unit in units}
    return {unit: unit.partition("/")[2] or unit if len(schools) == 1 else unit for unit in units}


def _outcome(found: Outcome) -> dict[str, list[float]]:
    return {"below": _range(found.below), "fewer": _range(found.fewer), "gap": _range(found.gap)}


def _range(found: Range) -> list[float]:
    return [round(found.value, 1), round(found.low, 1), round(found.high, 1)]


def names() -> dict[str, str]:
    """The three ways of dividing, in words."""
    return {"need": _("By need"), "equal": _("Equal shares"), "present": _("As it is now")}
