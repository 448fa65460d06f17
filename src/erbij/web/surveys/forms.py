"""Forms about waves: they validate, they never write."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erbij.instruments import registry
from erbij.instruments.schema import Audience, Instrument, Text
from erbij.studies import ballots
from erbij.web.accounts.names import NameField
from erbij.web.schools.models import Membership
from erbij.web.surveys import pupil_words
from erbij.web.surveys.models import Wave, catalogue

MOST_INVITED = 20_000
NOBODY = "|"
"""The choice of a majority: none."""
LONGEST = dt.timedelta(days=366)
"""Between the first and the last day: beyond it somebody mistyped a year."""


def in_words(text: Text) -> str:
    """A text in the language of the page, else in English, else in any."""
    return text.get(get_language() or "nl") or text.get("en") or next(iter(text.values()), "")


def language_name(code: str) -> str:
    """What a language calls itself; its code where the page of pupils does not speak it."""
    return str(pupil_words.words(code)["name"]) if code in pupil_words.languages() else code


AUDIENCES: dict[Audience, Any] = {
    "pupils": _("For pupils"),
    "parents": _("For parents"),
    "staff": _("For staff"),
}


def questionnaires() -> list[tuple[str, list[tuple[str, str]]]]:
    """The questionnaires with text, apart for each of those who answer, and the pulses after them."""
    with_text = [asked for asked in map(catalogue, registry.ids()) if asked.translations]
    by_audience = {
        str(label): [a for a in with_text if a.audience == audience and not registry.is_pulse(a.id)]
        for audience, label in AUDIENCES.items()
    }
    pulses = [asked for asked in with_text if registry.is_pulse(asked.id)]
    groups = by_audience | {str(_("A pulse between two surveys")): pulses}
    return [(label, [(asked.id, in_words(asked.title)) for asked in some]) for label, some in groups.items()]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


LEAST = (10, 15, 20, 30)
"""Fewest answers behind a number that a school can choose from; the first is the usual one."""


def _least() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Fewest people behind each figure"),
        choices=[(each, str(each)) for each in LEAST],
        coerce=int,
        help_text=_("More protects better and shows less. The letters promise this number."),
    )


class NewWaveForm(forms.Form):
    """What a new wave needs first."""

    title = NameField(label=_("Name of the survey"), max_length=120)
    instrument = forms.ChoiceField(label=_("Questionnaire"))
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = questionnaires()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        _check_days(self)
        return self.cleaned_data


class WaveForm(forms.Form):
    """What can change while a wave is in preparation."""

    title = NameField(label=_("Name of the survey"), max_length=120)
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"))
    languages = forms.MultipleChoiceField(
        label=_("Languages for pupils"), widget=forms.CheckboxSelectMultiple, required=True
    )
    with_cards = forms.ChoiceField(
        label=_("How pupils come in"),
        choices=(("", _("With the word on the board")), ("1", _("With a card for each pupil"))),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Cards are printed after opening, cut, and drawn by lot. Each works one time."),
    )
    consent = forms.ChoiceField(label=_("How parents are asked"), choices=Wave.Consent.choices)
    majority = forms.ChoiceField(
        label=_("Whom the report calls the majority"),
        help_text=_("Beside unfair treatment the report shows two groups. It says which choice you made."),
    )
    least = _least()

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(wave))
        super().__init__(*args, **kwargs)
        asked = wave.instrument
        names = [(code, language_name(code)) for code in asked.translations]
        self.fields["languages"].choices = names  # type: ignore[attr-defined]
        self.fields["majority"].choices = _majorities(asked, wave.items_on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        _check_days(self)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The fields of the wave."""
        values = {**self.cleaned_data, "with_cards": bool(self.cleaned_data["with_cards"])}
        item, _bar, code = str(values.pop("majority")).partition("|")
        codes = [int(code)] if code else []
        return values | {"majority_item": item, "majority_codes": codes}


class AdultsWaveForm(forms.Form):
    """What can change while a wave for parents or staff is in preparation."""

    title = NameField(label=_("Name of the survey"), max_length=120)
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"))
    invited = forms.IntegerField(
        label=_("How many people do you invite?"),
        min_value=1,
        max_value=MOST_INVITED,
        help_text=_("A number only: nobody's name. The results say how many of them answered."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    least = _least()

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        names = ("title", "opens_on", "closes_on", "languages", "least")
        initial = {name: getattr(wave, name) for name in names} | {"invited": wave.invited or None}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        known = [(code, language_name(code)) for code in wave.instrument.translations]
        self.fields["languages"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        _check_days(self)
        return self.cleaned_data


def _initial(wave: Wave) -> dict[str, Any]:
    code = wave.majority_codes[0] if wave.majority_codes else ""
    names = ("title", "opens_on", "closes_on", "languages", "consent", "least")
    kept = {name: getattr(wave, name) for name in names}
    return kept | {"majority": f"{wave.majority_item}|{code}", "with_cards": "1" if wave.with_cards else ""}


def _majorities(asked: Instrument, items_on: Sequence[str]) -> list[tuple[str, str]]:
    """Each option of each background question that is on, and nobody."""
    found = [
        (f"{item.id}|{option.code}", f"{in_words(item.label or item.text)}: {in_words(option.label)}")
        for item in asked.items.values()
        if item.id in items_on and item.scale is None and asked.format_of(item).type == "one-of"
        for option in asked.format_of(item).options
        if ballots.is_group(option)
    ]
    return [(NOBODY, str(_("No majority: leave this picture out"))), *found]


def _check_days(form: forms.Form) -> None:
    first, last = form.cleaned_data.get("opens_on"), form.cleaned_data.get("closes_on")
    if not first or not last:
        return
    if last < first:
        form.add_error("closes_on", str(_("The last day lies before the first day.")))
    elif last < dt.date.today():
        form.add_error("closes_on", str(_("The last day lies in the past.")))
    elif last - first > LONGEST:
        form.add_error("closes_on", str(_("More than a year lies between the first day and the last.")))


class ExtendForm(forms.Form):
    """Another last day for a wave that is open."""

    closes_on = _day(_("New last day"))

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wave = wave

    def clean(self) -> dict[str, Any]:
        """Refuse a day in the past, or more than a year after the first."""
        self.cleaned_data["opens_on"] = self.wave.opens_on
        _check_days(self)
        self.cleaned_data.pop("opens_on")
        return self.cleaned_data


class ConsentForm(forms.Form):
    """How many parents were asked and how many said no: counts, never who."""

    asked = forms.IntegerField(label=_("How many parents (one per pupil) were asked?"), min_value=0)
    refused = forms.IntegerField(label=_("For how many pupils did the parents say no?"), min_value=0)

    def __init__(self, *args: Any, pupils: int, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = pupils
        if consent == Wave.Consent.ASKED:
            self.fields["refused"].label = _("For how many pupils is there no written yes?")

    def clean(self) -> dict[str, Any]:
        """Refuse more than there are."""
        asked, refused = self.cleaned_data.get("asked"), self.cleaned_data.get("refused")
        if asked is not None and asked > self.pupils:
            self.add_error(
                "asked",
                ValidationError(
                    _("Your classes have %(pupils)s pupils: no more can be asked."),
                    params={"pupils": self.pupils},
                ),
            )
        if asked is not None and refused is not None and refused > asked:
            self.add_error("refused", str(_("This is more than were asked.")))
        return self.cleaned_data


class HelpAdultsForm(forms.Form):
    """Who is asked to be there for pupils."""

    members = forms.MultipleChoiceField(
        label=_("Adults to talk to"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, possible: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = {str(member.pk): member for member in possible}
        choices = [(key, str(member.person)) for key, member in self.possible.items()]
        self.fields["members"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[Membership]:
        """The members that were ticked."""
        return [self.possible[key] for key in self.cleaned_data["members"]]


class OpenForm(forms.Form):
    """Opening, with a lock of one's own or without."""

    passphrase = forms.CharField(
        label=_("A passphrase of your own (if you want one)"),
        required=False,
        min_length=16,
        max_length=200,
        strip=True,
        help_text=_("Then nobody can open the answers without it, not even who looks after the server."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class CloseForm(forms.Form):
    """Closing: the words, where the wave has a lock."""

    word = forms.CharField(
        label=_("Passphrase or recovery code"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
