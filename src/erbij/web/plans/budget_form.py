"""The form of a division: what is divided over what, and every weight of the rule."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LEVELS = {"grade": _("grades"), "class": _("classes"), "school": _("schools")}
UNITS = (("hours", _("hours")), ("money", _("euros")))
MOST = 10_000_000


def _number(
    label: Any, first: float | None, low: float = 0, high: float = MOST, **more: Any
) -> forms.FloatField:
    return forms.FloatField(label=label, initial=first, min_value=low, max_value=high, **more)


class BudgetForm(forms.Form):
    """A budget over the places of a level. Nothing is hidden: a weight that counts has a field here."""

    level = forms.ChoiceField(label=_("Over which places?"))
    unit = forms.ChoiceField(label=_("What do you divide?"), choices=UNITS)
    budget = _number(_("How much is there?"), 100.0, low=1)
    actions = forms.MultipleChoiceField(label=_("For which actions?"), widget=forms.CheckboxSelectMultiple)
    least = _number(_("At least for each place"), 0.0)
    most = _number(_("At most for each place; empty is no limit"), None, required=False)
    depth_weight = _number(_("Weight of how far pupils are below the line"), 1.0, high=100)
    reach = _number(_("Pupils below the line that an action is assumed to help, %"), 10.0, high=100)
    reach_low = _number(_("At least that many, %"), 0.0, high=100)
    reach_high = _number(_("At most that many, %"), 20.0, high=100)
    step_1 = _number(_("What the first third of an action brings, %"), 50.0, high=100)
    step_2 = _number(_("What the second third brings, %"), 30.0, high=100)
    step_3 = _number(_("What the last third brings, %"), 20.0, high=100)
    cap = _number(
        _("Pupils below the line that all actions of a place help at most, %"), 50.0, low=1, high=100
    )
    draws = forms.IntegerField(label=_("How often it is drawn"), initial=100, min_value=20, max_value=200)
    seed = forms.IntegerField(label=_("Start of the draws"), initial=1, min_value=0, max_value=MOST)
    overrule_place = forms.ChoiceField(label=_("We decide otherwise for"), required=False)
    overrule_hours = _number(_("It gets"), None, required=False)
    overrule_reason = forms.CharField(label=_("Because"), required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        levels: Sequence[str],
        places: Sequence[str],
        actions: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (
            ("level", [(one, LEVELS[one]) for one in levels]),
            ("actions", list(actions)),
            ("overrule_place", [("", _("no place")), *((one, one) for one in places)]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # each of them has choices

    def clean(self) -> dict[str, Any]:
        """A place that is decided otherwise needs a reason."""
        clean: dict[str, Any] = super().clean() or self.cleaned_data
        if clean.get("overrule_place") and not clean.get("overrule_reason", "").strip():
            self.add_error("overrule_reason", _("To decide otherwise needs a reason."))
        return clean
