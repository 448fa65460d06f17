"""Forms of the team: they validate, they never write."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erbij.web.ideas.models import LONGEST_TITLE, LONGEST_WHY, Idea, Round, last_day
from erbij.web.results.models import PupilsPage

MOST_BUDGET, MOST_PUPILS = 1_000_000, 2_000
Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.Form):
    """What is asked of whom, until when, and what can be divided."""

    page = forms.ChoiceField(label=_("After which survey?"))
    question = forms.CharField(label=_("The question"), max_length=200)
    until = forms.DateField(
        label=_("Last day to propose"),
        widget=Day,
        help_text=_("Ideas can be read after that day, or sooner if you stop; never while pupils propose."),
    )
    who = forms.ChoiceField(label=_("Who takes part?"), choices=Round.Who)
    pupils = forms.IntegerField(
        label=_("How many pupils?"),
        min_value=1,
        max_value=MOST_PUPILS,
        help_text=_("So many votes are taken, and no more."),
    )
    unit = forms.ChoiceField(label=_("What do they divide?"), choices=Round.Unit)
    budget = forms.IntegerField(
        label=_("How much?"),
        min_value=0,
        max_value=MOST_BUDGET,
        initial=0,
        help_text=_("0 where there is nothing to divide: then ideas are answered without a vote."),
    )

    def __init__(self, *args: Any, pages: Sequence[PupilsPage], question: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._pages = {str(page.pk): page for page in pages}
        choices = [(key, str(page.record)) for key, page in self._pages.items()]
        self.fields["page"] = forms.ChoiceField(label=_("After which survey?"), choices=choices)
        self.fields["question"].initial = question
        self.fields["until"].initial = last_day(timezone.localdate())

    def clean_page(self) -> PupilsPage:
        """The page itself."""
        return self._pages[self.cleaned_data["page"]]


class ThroughForm(forms.Form):
    """An idea as pupils read it, and what it costs."""

    title = forms.CharField(label=_("Plain title"), max_length=LONGEST_TITLE, required=False)
    cost = forms.IntegerField(label=_("Cost"), min_value=0, max_value=MOST_BUDGET, required=False)


class WhyForm(forms.Form):
    """Why an idea is not shown."""

    why = forms.CharField(label=_("Why not? Pupils read this."), max_length=LONGEST_WHY, required=False)


class AnswerForm(forms.Form):
    """What the school answers."""

    verdict = forms.ChoiceField(label=_("Answer"), choices=Idea.Verdict)
    why = forms.CharField(
        label=_("Why, in words for a child"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    by = forms.DateField(label=_("By when?"), widget=Day, required=False)
