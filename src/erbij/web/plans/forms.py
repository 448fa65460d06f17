"""Forms about choices and actions: they validate, they never write."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from erbij.web.accounts.models import Person
from erbij.web.accounts.names import NameField
from erbij.web.plans.class_names import Pair, name_of
from erbij.web.plans.drawing import Lots
from erbij.web.plans.models import Choice, PlannedAction, StepNote
from erbij.web.plans.services import Answer, Facts, Step, Wanted
from erbij.web.schools.models import Grade

LONGEST_RUN = dt.timedelta(days=366)
MOST_HOURS, MOST_MONEY = 10_000, 1_000_000
WHOLE = "school|"

NO_NAMES = _("About school, never about one child: no names of pupils.")


class ChoiceForm(forms.Form):
    """One of the three answers, and the choice that stood on the page."""

    kind = forms.ChoiceField(choices=Choice.Kind.choices)
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=Choice.MOST,
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Leaving things as they are needs a reason."""
        leaves = self.cleaned_data.get("kind") == Choice.Kind.LEAVE
        if leaves and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("Say why: to leave it as it is, is a choice too.")))
        return self.cleaned_data

    def answer(self, signal: str) -> Answer:
        """What was answered about a finding."""
        told = self.cleaned_data
        return Answer(signal, told["kind"], told["reason"], told["seen"])


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class ActionForm(forms.Form):
    """Who does it, where, from when, and when to look at it."""

    title = NameField(label=_("What will you do?"), max_length=120, help_text=NO_NAMES)
    companion = forms.ChoiceField(
        label=_("What changes at school besides?"),
        widget=forms.RadioSelect,
        help_text=_("This action works on pupils. It goes together with one on what the school offers."),
    )
    owner = forms.TypedChoiceField(
        label=_("Who sees to it?"),
        coerce=int,
        help_text=_("One person, who need not do it alone."),
    )
    places = forms.MultipleChoiceField(label=_("Where?"), widget=forms.CheckboxSelectMultiple)
    assigned = forms.ChoiceField(
        label=_("Why there?"),
        choices=PlannedAction.Assigned.choices,
        help_text=_("It decides what may be said later of whether it helped. By lot says most."),
    )
    starts_on = _day(_("From when?"))
    check_on = _day(
        _("When do you look whether it takes hold?"),
        required=False,
        help_text=_("Left empty: eight weeks after the start."),
    )
    hours = forms.IntegerField(label=_("Hours of staff"), required=False, min_value=0, max_value=MOST_HOURS)
    money = forms.IntegerField(label=_("Euros"), required=False, min_value=0, max_value=MOST_MONEY)

    def __init__(
        self,
        *args: Any,
        owners: Mapping[int, str],
        grades: Iterable[Grade],
        companions: Mapping[str, str] | None = None,
        is_own: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", ""), *owners.items()]  # type: ignore[attr-defined]
        self.fields["places"].choices = _places(grades)  # type: ignore[attr-defined]
        if not is_own:
            del self.fields["title"]
        if companions:
            self.fields["companion"].choices = [*companions.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["companion"]

    def clean_places(self) -> list[str]:
        """Refuse places of different sizes: nobody could look back at them together."""
        picked: list[str] = self.cleaned_data["places"]
        if len({place.partition("|")[0] for place in picked}) > 1:
            raise ValidationError(_("Choose the whole school, or grades, or classes: not of each some."))
        return picked

    def clean(self) -> dict[str, Any]:
        """Eight weeks where no day was named; refuse a day that is not after the start, or far from it."""
        told = self.cleaned_data
        start = told.get("starts_on")
        if start is None or "check_on" in self.errors:
            return told
        told["check_on"] = told.get("check_on") or start + PlannedAction.EIGHT_WEEKS
        if not dt.timedelta(0) < told["check_on"] - start <= LONGEST_RUN:
            self.add_error("check_on", str(_("Choose a day after the start, within a year.")))
        return told

    def wanted(self, signal: str, name: str) -> Wanted:
        """The action for a finding; without a name of the catalogue it is one of the school's own."""
        told = self.cleaned_data
        return Wanted(signal, name, told.get("title", ""), told.get("companion", ""))

    def facts(self) -> Facts:
        """What was filled in, of an action that stands or is new."""
        told = self.cleaned_data
        levels = [place.partition("|") for place in told["places"]]
        return Facts(
            owner=Person.objects.get(pk=told["owner"]),
            level=levels[0][0],
            places=tuple(name for _level, _bar, name in levels if name),
            starts_on=told["starts_on"],
            check_on=told["check_on"],
            hours=told["hours"],
            money=told["money"],
            assigned=told["assigned"],
        )


class LotsForm(forms.Form):
    """Which places take part in a draw, and when each start is."""

    places = forms.MultipleChoiceField(
        label=_("Which places take part?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Four or more, for three starts six. Each gets the action: some now, the others later."),
    )
    starts = forms.TypedChoiceField(
        label=_("In how many starts?"), coerce=int, choices=[(2, "2"), (3, "3")], initial=2
    )
    weeks = forms.IntegerField(
        label=_("Weeks between two starts"),
        min_value=1,
        max_value=52,
        initial=20,
        help_text=_("Ask again in between, before the next start: that is the comparison."),
    )

    def __init__(self, *args: Any, grades: Iterable[Grade], first: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first
        self.fields["places"].choices = _places(grades)[1:]  # type: ignore[attr-defined]

    clean_places = ActionForm.clean_places

    def lots(self) -> Lots:
        """What was filled in."""
        told = self.cleaned_data
        parts = [place.partition("|") for place in told["places"]]
        gap = dt.timedelta(weeks=told["weeks"])
        days = tuple(self.first + turn * gap for turn in range(told["starts"]))
        return Lots(parts[0][0], tuple(name for _level, _bar, name in parts), days)


class NamesForm(forms.Form):
    """What each class that got lost between two waves is called now, or that it is gone."""

    GONE = "gone"

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        found = [(unit, name_of(unit)) for unit in pair.classes]
        choices = [("", _("not said yet")), *found, (self.GONE, _("is gone"))]
        for place, unit in enumerate(pair.missing):
            self.fields[f"class-{place}"] = forms.ChoiceField(
                label=_("Class %(name)s is now called") % {"name": name_of(unit)},
                choices=choices,
                required=False,
                initial=self._initial(unit),
            )

    def _initial(self, unit: str) -> str:
        return (self.pair.names[unit] or self.GONE) if unit in self.pair.names else ""

    def names(self) -> dict[str, str]:
        """What was filled in; empty for a class that is gone."""
        told = {unit: self.cleaned_data[f"class-{i}"] for i, unit in enumerate(self.pair.missing)}
        return {unit: "" if now == self.GONE else now for unit, now in told.items() if now}


def initial_of(planned: PlannedAction) -> dict[str, Any]:
    """What the form shows of an action that stands."""
    names = ("starts_on", "check_on", "hours", "money", "assigned")
    places = [f"{planned.level}|{name}" for name in planned.places] or [WHOLE]
    return {name: getattr(planned, name) for name in names} | {"owner": planned.owner_id, "places": places}


def _places(grades: Iterable[Grade]) -> list[tuple[str, Any]]:
    known = [*grades]
    in_grades = [(f"grade|{grade.name}", grade.name) for grade in known]
    in_classes = [(f"class|{each.name}", each.name) for grade in known for each in grade.classes.all()]
    found: list[tuple[str, Any]] = [(WHOLE, str(_("The whole school")))]
    if in_grades:
        found.append((str(_("Grades")), in_grades))
    if in_classes:
        found.append((str(_("Classes")), in_classes))
    return found


class StatusForm(forms.Form):
    """How far an action is."""

    status = forms.ChoiceField(label=_("How far is it?"), choices=PlannedAction.Status.choices)
    reason = forms.CharField(
        label=_("Why? (to stop, this is needed)"), required=False, max_length=300, help_text=NO_NAMES
    )

    def clean(self) -> dict[str, Any]:
        """Stopping needs a reason."""
        stops = self.cleaned_data.get("status") == PlannedAction.Status.STOPPED
        if stops and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("Say why it stops: the next team learns from it.")))
        return self.cleaned_data


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=required, max_length=StepNote.MOST, widget=widget)


class NoteForm(forms.Form):
    """One small step."""

    did = _words(_("What did you do?"), required=True)
    saw = _words(_("What did you see?"))
    next = _words(_("What comes next?"))

    def step(self) -> Step:
        """What was filled in."""
        return Step(**self.cleaned_data)
