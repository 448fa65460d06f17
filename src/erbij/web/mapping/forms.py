"""Forms of the mapping app: the file, and what its columns and its answers are."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from erbij.instruments.schema import Instrument
from erbij.studies.answer_file import InMemory
from erbij.studies.mapping import correcting, door
from erbij.studies.mapping.door import ExportError
from erbij.studies.mapping.export import Export
from erbij.studies.mapping.guess import Column, Guess
from erbij.studies.study import Level
from erbij.web.accounts.names import NameField
from erbij.web.mapping.refusals import REASONS, WRONG, words_of
from erbij.web.surveys.forms import in_words, questionnaires

MOST_ASKED = 20_000
MOST_WORDS = 200
"""Answers in words that are asked about; what goes beyond counts as no answer."""
NO_ANSWER = "none"
LONGEST = 90
LEVELS: dict[Level, Any] = {
    "school": _("the campus or location"),
    "grade": _("the grade"),
    "class": _("the class"),
}


class Picked(forms.Select):
    """A list of many choices, written once for all columns: with Django's templates a page takes seconds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The list, with the choice that was made."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        start = format_html('<option value="{}"', "" if value is None else value)
        options = _options(_frozen(self.choices)).replace(start, f"{start} selected", 1)
        return format_html("<select{}>{}</select>", flatatt(given), mark_safe(options))  # noqa: S308 - escaped


Choices = tuple[tuple[str, Any], ...]


def _frozen(choices: Any) -> Choices:
    """Choices, and groups of them, that can be looked up."""
    return tuple(
        (value, _frozen(label) if isinstance(label, list | tuple) else str(label)) for value, label in choices
    )


@lru_cache(maxsize=8)
def _options(choices: Choices) -> str:
    """All options, escaped."""
    written = []
    for value, label in choices:
        if isinstance(label, tuple):
            group = mark_safe(_options(label))  # noqa: S308 - escaped below
            written.append(format_html('<optgroup label="{}">{}</optgroup>', value, group))
        else:
            written.append(format_html('<option value="{}">{}</option>', value, label))
    return "".join(written)


class FileForm(forms.Form):
    """An export of another tool, and the questionnaire that was asked with it."""

    instrument = forms.ChoiceField(label=_("Which questionnaire was asked?"), choices=questionnaires)
    file = forms.FileField(
        label=_("File with the answers"),
        allow_empty_file=True,
        help_text=_(".xlsx or .csv, 8 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose a file first.")},
    )
    taken: tuple[InMemory, Export]

    def __init__(self, *args: Any, sent: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A request above the limit arrives without its file: nothing of it touches the disk.
        if sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.fields["file"].error_messages["required"] = REASONS["too-large"]

    def clean_file(self) -> "UploadedFile[bytes]":
        """Read it at once; the file itself goes no further."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            self.taken = door.taken(file.read(door.MOST_BYTES + 1))
        except ExportError as refused:
            raise ValidationError(words_of(refused)) from None
        return file


def seal_of(file: InMemory) -> str:
    """By which the second step knows that it got the file of the first one."""
    return hashlib.sha256(file.content).hexdigest()


class MappingForm(forms.Form):
    """What each column is, what answers without a code mean, and what the report is called."""

    title = NameField(label=_("Title of the report"), max_length=120)
    asked = forms.IntegerField(
        label=_("How many pupils were asked?"),
        required=False,
        min_value=1,
        max_value=MOST_ASKED,
        help_text=_("So that the report can tell how many answered. May stay empty."),
    )
    seal = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, given: Export, found: Guess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given, self.found = given, found
        self._add_columns()
        self._add_words(found)

    def _add_columns(self) -> None:
        choices = _uses(self.found.instrument)
        for place, column in enumerate(self.found.columns):
            if not is_shut(self.given, column):
                self.fields[f"column-{place}"] = forms.ChoiceField(
                    label=column.name,
                    choices=choices,
                    required=False,
                    initial=correcting.use_of(column),
                    widget=Picked,
                )

    def _add_words(self, found: Guess) -> None:
        for form, word in _asked_about(found):
            name = _field_of(form, word)
            if name not in self.fields:
                self.fields[name] = forms.ChoiceField(
                    label=f"“{word}”",
                    choices=_codes(found.instrument, form),
                    required=self.is_bound,
                    help_text=_asked_in(found, form),
                )

    def clean(self) -> dict[str, Any]:
        """Each column can be what was chosen, and every answer that a few gave has its place."""
        cleaned = super().clean() or {}
        wrong = correcting.wrong(self.given, self.found.instrument, self._chosen())
        for name, reason in wrong.items():
            self.add_error(self._field_of_column(name), WRONG[reason])
        if not wrong:
            self._ask_about_new(correcting.with_uses(self.given, self.found, self._chosen()))
        return cleaned

    def _ask_about_new(self, chosen: Guess) -> None:
        """Another choice for a column brings other answers in words."""
        self.found = chosen
        known = set(self.fields)
        self._add_words(chosen)
        for name in (name for name in self.fields if name not in known):
            value = self.data.get(name, "")
            try:
                self.cleaned_data[name] = self.fields[name].clean(value)
            except ValidationError as missing:
                self.add_error(name, missing)

    def _chosen(self) -> dict[str, str]:
        return {
            column.name: self.cleaned_data.get(f"column-{place}", "")
            for place, column in enumerate(self.found.columns)
        }

    def _field_of_column(self, name: str) -> str:
        place = next(n for n, column in enumerate(self.found.columns) if column.name == name)
        return f"column-{place}"

    def corrected(self) -> Guess:
        """The guess as it was corrected; after `is_valid`."""
        codes: dict[str, dict[str, int | str | None]] = {}
        for form, words in self.found.unclear.items():
            known = {str(code): code for code in self.found.instrument.formats[form].codes}
            given = {word: self.cleaned_data.get(_field_of(form, word), NO_ANSWER) for word in words}
            codes[form] = {word: known.get(code) for word, code in given.items()}
        return correcting.with_codes(self.found, codes)

    def rows(self, *, is_sure: bool) -> Iterator[BoundField]:
        """The columns that were found to the letter, or the others: those have to be looked at."""
        for place, column in enumerate(self.found.columns):
            name = f"column-{place}"
            is_plain = column.sure == 1.0 and bool(correcting.use_of(column)) and not self.has_error(name)
            if name in self.fields and is_sure == is_plain:
                yield self[name]

    @property
    def sure(self) -> list[BoundField]:
        """The columns that were found to the letter."""
        return list(self.rows(is_sure=True))

    @property
    def unsure(self) -> list[BoundField]:
        """The columns that somebody has to look at."""
        return list(self.rows(is_sure=False))

    @property
    def words(self) -> list[BoundField]:
        """The answers in words that have no code."""
        return [self[name] for name in self.fields if name.startswith("answer-")]


def is_shut(given: Export, column: Column) -> bool:
    """Whether nothing can be chosen for a column: it tells who, or when, or is a special kind of data."""
    return bool(given.out[column.name]) or column.why == "special"


def _asked_about(found: Guess) -> list[tuple[str, str]]:
    each = [(form, word) for form, words in found.unclear.items() for word in words]
    return each[:MOST_WORDS]


def _asked_in(found: Guess, form: str) -> str:
    """The first question to which such answers are given."""
    items = found.instrument.items
    keys = (items.get(key) or items[key.partition(".")[0]] for key in found.items)
    return next((in_words(item.text) for item in keys if item.format == form), "")


def _field_of(form: str, word: str) -> str:
    # By what it says: the place of a word changes with what a column is.
    return f"answer-{hashlib.sha256(f'{form} {word}'.encode()).hexdigest()[:16]}"


def _uses(instrument: Instrument) -> list[tuple[str, Any]]:
    known = correcting.uses(instrument)
    levels = [(f"unit:{level}", str(words)) for level, words in LEVELS.items() if f"unit:{level}" in known]
    items = [(use, _question(instrument, use.partition(":")[2])) for use in known if use.startswith("item:")]
    nothing = ("", gettext("Nothing: leave it out"))
    return [nothing, (gettext("Where a pupil is"), tuple(levels)), (gettext("Questions"), tuple(items))]


def _question(instrument: Instrument, key: str) -> str:
    id_, _dot, code = key.partition(".")
    text = in_words(instrument.items[id_].text)
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    options = instrument.format_of(instrument.items[id_]).options
    label = next((in_words(option.label) for option in options if code and str(option.code) == code), "")
    return f"{short} [{label}]" if label else short


def _codes(instrument: Instrument, form: str) -> list[tuple[str, Any]]:
    options = instrument.formats[form].options
    said = [(str(option.code), in_words(option.label)) for option in options]
    return [("", gettext("Choose…")), *said, (NO_ANSWER, gettext("No answer"))]
