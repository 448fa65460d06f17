"""The form of a division: what is divided over what, and every weight of the rule."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from erbij.actions.allocation import Overruling

LEVELS = {"grade": _("grades"), "class": _("classes"), "school": _("schools")}
EFFORTS = (("hours", _("hours")), ("money", _("euros")))
STEPS = ("step_1", "step_2", "step_3")
MOST = 10_000_000


def _number(
    label: Any, first: float | None, low: float = 0, high: float = MOST, **more: Any
) -> forms.FloatField:
    return forms.FloatField(label=label, initial=first, min_value=low, max_value=high, **more)


class BudgetForm(forms.Form):
    """A budget over the places of a level. Nothing is hidden: a weight that counts has a field here."""

    WHAT = ("level", "effort", "budget")
    RULE = (
        "least",
        "most",
        "depth_weight",
        "reach",
        "reach_low",
        "reach_high",
        *STEPS,
        "cap",
        "draws",
        "seed",
    )
    OTHERWISE = 3
    """How many places the team can decide otherwise about."""

    level = forms.ChoiceField(label=_("Over which places?"))
    effort = forms.ChoiceField(label=_("What do you divide?"), choices=EFFORTS)
    budget = _number(_("How much is there?"), 100, low=1)
    actions = forms.MultipleChoiceField(label=_("For which actions?"), widget=forms.CheckboxSelectMultiple)
    least = _number(_("At least for each place"), 0)
    most = _number(_("At most for each place; empty is no limit"), None, required=False)
    depth_weight = _number(_("Weight of how far pupils are below the line"), 1, high=100)
    reach = _number(_("Pupils below the line that an action is assumed to help, %"), 10, high=100)
    reach_low = _number(_("At least that many, %"), 0, high=100)
    reach_high = _number(_("At most that many, %"), 20, high=100)
    step_1 = _number(_("What the first third of an action brings, %"), 50, high=100)
    step_2 = _number(_("What the second third brings, %"), 30, high=100)
    step_3 = _number(_("What the last third brings, %"), 20, high=100)
    cap = _number(_("Pupils below the line that all actions of a place help at most, %"), 50, low=1, high=100)
    draws = forms.IntegerField(label=_("How often it is drawn"), initial=100, min_value=20, max_value=200)
    seed = forms.IntegerField(label=_("Start of the draws"), initial=1, min_value=0, max_value=MOST)

    def __init__(
        self,
        *args: Any,
        levels: Sequence[str],
        places: Sequence[tuple[str, str]],
        actions: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._choose("level", [(one, LEVELS[one]) for one in levels])
        self._choose("actions", actions)
        for row in range(1, self.OTHERWISE + 1):
            self.fields[f"place_{row}"] = forms.ChoiceField(
                label=_("We decide otherwise for"), required=False, choices=[("", _("no place")), *places]
            )
            self.fields[f"gets_{row}"] = _number(_("It gets"), None, required=False)
            self.fields[f"because_{row}"] = forms.CharField(
                label=_("Because"), required=False, max_length=300
            )

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    @property
    def what(self) -> list[forms.BoundField]:
        """What is divided over which places."""
        return [self[name] for name in self.WHAT]

    @property
    def rule(self) -> list[forms.BoundField]:
        """Every weight of the rule."""
        return [self[name] for name in self.RULE]

    @property
    def has_wrong_weight(self) -> bool:
        """Whether a weight has to be mended, so that it may not stay folded away."""
        return any(field.errors for field in self.rule)

    @property
    def otherwise(self) -> list[list[forms.BoundField]]:
        """By row: a place, what it gets, and why."""
        rows = range(1, self.OTHERWISE + 1)
        return [[self[f"{name}_{row}"] for name in ("place", "gets", "because")] for row in rows]

    @property
    def overrulings(self) -> tuple[Overruling, ...]:
        """What the team decides otherwise, of a form that is valid."""
        told = self.cleaned_data
        return tuple(
            Overruling(told[f"place_{row}"], told[f"gets_{row}"] or 0.0, told[f"because_{row}"])
            for row in range(1, self.OTHERWISE + 1)
            if told[f"place_{row}"]
        )

    def clean(self) -> dict[str, Any]:
        """A place that is decided otherwise needs a reason, and is named once."""
        clean: dict[str, Any] = super().clean() or self.cleaned_data
        named: set[str] = set()
        for row in range(1, self.OTHERWISE + 1):
            place = clean.get(f"place_{row}")
            if place and not clean.get(f"because_{row}", "").strip():
                self.add_error(f"because_{row}", _("To decide otherwise needs a reason."))
            if place in named:
                self.add_error(f"place_{row}", _("This place is named above."))
            named |= {place} if place else set()
        return clean
