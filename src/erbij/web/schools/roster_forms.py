"""Forms for classes out of another system: what the file held is shown, corrected, and only then kept."""

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from erbij.studies.rosters import door
from erbij.studies.rosters.found import MOST_BYTES, MOST_CLASSES, FoundClass, Reason, Roster, RosterError
from erbij.web.accounts.names import NameField
from erbij.web.schools.models import LARGEST_CLASS

REASONS: dict[Reason, Any] = {
    "empty": _("This file is empty. Export it again."),
    "too-large": _("This file is too large (8 MB at most). Leave out what is not about classes."),
    "unpacks-to-too-much": _("This file unpacks to far too much. Export it again, or save it as .csv."),
    "damaged": _("This file is damaged or locked with a password. Export it again, without a password."),
    "unknown-kind": _("This kind of file is not known. Take OneRoster (.zip), EDEX (.xml), .xlsx or .csv."),
    "encoding": _("The letters of this file can't be read. Save it as “CSV UTF-8”, or as .xlsx."),
    "document-type": _("This XML file has a document type or entities, and EDEX has none. Export it again."),
    "no-columns": _("No column of classes is found. Name it “class” in the first row."),
    "not-whole": _("This file only holds changes. Export everything (“bulk”)."),
    "version": _("This is another version of OneRoster. Export version 1.2."),
    "missing-file": _("classes.csv or enrollments.csv is not in this file. Export everything."),
    "formula": _("A formula stands where the name of a class should be. Save the sheet with values only."),
    "name": _("The name of a class is too long or has invisible signs."),
    "number": _("A number of pupils is not between 1 and 500."),
    "not-classes": _(
        "Nearly every row has a class of its own: that column seems to hold something else. Nothing was kept."
    ),
    "no-classes": _("No class with pupils is in this file."),
    "too-many": _("There are too many classes or rows in this file: 200 classes at most."),
}


class RosterForm(forms.Form):
    """A list of classes out of another system; what is in it about pupils is counted and let go."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Only classes, grades and numbers are taken. Whatever is about pupils is not kept."),
        widget=forms.FileInput(attrs={"accept": ".zip,.xml,.xlsx,.csv"}),
        error_messages={"required": _("Choose a file first.")},
    )
    roster: Roster

    def __init__(self, *args: Any, sent: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A request above the limit arrives without its file: nothing of it touches the disk.
        if sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.fields["file"].error_messages["required"] = REASONS["too-large"]

    def clean_file(self) -> "UploadedFile[bytes]":
        """Read the classes at once; the file itself goes no further."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            self.roster = door.read(file.read(MOST_BYTES + 1))
        except RosterError as refused:
            raise ValidationError(self._words(refused)) from None
        return file

    @staticmethod
    def _words(refused: RosterError) -> str:
        words = str(REASONS[refused.reason])
        return (
            words
            if refused.row is None
            else _("Row %(row)s: %(words)s") % {"row": refused.row, "words": words}
        )


class FoundClassForm(forms.Form):
    """One class that was found; without a tick it is left out, whatever stands in it."""

    keep = forms.BooleanField(label=_("Take this class"), required=False)
    grade = NameField(label=_("Grade"), max_length=60, required=False)
    name = NameField(label=_("Class"), max_length=60, required=False)
    size = forms.IntegerField(label=_("Pupils"), min_value=1, max_value=LARGEST_CLASS, required=False)

    def clean(self) -> dict[str, Any]:
        """A class that is taken has a grade, a name and a number."""
        cleaned = super().clean() or {}
        if cleaned.get("keep"):
            for field in ("grade", "name", "size"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Fill this in, or do not take this class."))
        else:
            self.errors.clear()
        return cleaned


class FoundClasses(forms.BaseFormSet):  # type: ignore[type-arg]
    """All classes of a file."""

    def clean(self) -> None:
        """Each name once, and at least one class."""
        taken = self.rows()
        names = Counter(name.casefold() for _grade, name, _size in taken)
        if twice := [name for _grade, name, _size in taken if names[name.casefold()] > 1]:
            raise ValidationError(_("“%(name)s” is in the list twice."), params={"name": twice[0]})
        if not taken:
            raise ValidationError(_("No class is ticked."))

    def rows(self) -> list[tuple[str, str, int]]:
        """The classes to take, as (grade, name, size)."""
        kept = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("keep")]
        return [(row["grade"], row["name"], row["size"]) for row in kept]


Rows: type[FoundClasses] = forms.formset_factory(  # type: ignore[assignment]
    FoundClassForm,
    formset=FoundClasses,
    extra=0,
    max_num=MOST_CLASSES,
    absolute_max=MOST_CLASSES,
    validate_max=True,
)


def filled(classes: tuple[FoundClass, ...], *, school: str) -> FoundClasses:
    """The form with what was found; of a file with several schools only that of this name is ticked."""
    several = len({each.school for each in classes}) > 1
    initial = [
        {
            "keep": not several or each.school.casefold() == school.casefold(),
            "grade": each.grade,
            "name": each.name,
            "size": each.size,
        }
        for each in classes
    ]
    forms_of_rows = Rows(initial=initial)
    for form, each in zip(forms_of_rows.forms, classes, strict=True):
        form.of_school = each.school if several else ""
    return forms_of_rows
