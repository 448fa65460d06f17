"""The form of a scan: its questions and its special part. It validates, it never writes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from erbij.actions.school_scan import Scan
from erbij.actions.words import Words
from erbij.web.scans import special
from erbij.web.scans.models import SchoolScan

VALUES = (("2", _("for everyone")), ("1", _("in part")), ("0", _("not")), ("", _("we do not know")))
TOOK_PART = {"staff": _("Colleagues"), "pupils": _("Pupils"), "parents": _("Parents")}
MOST_PEOPLE = 2_000


class ScanForm(forms.Form):
    """What a team found so far, and the version that was on the screen.

    Parameters
    ----------
    labels
        The background questions that it concerns, in words, by id.
    part
        The special part of this scan.
    """

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, scan: Scan, words: Words, labels: Mapping[str, str], part: special.Part, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.scan, self.part = scan, part
        self.texts = {item.id: words.label(item.text, item.id) for item in scan.items}
        for name, label in TOOK_PART.items():
            self.fields[name] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST_PEOPLE
            )
        for item in scan.items:
            self._add_item(item.id, [(one, labels[one]) for one in item.breakdowns])
        self.fields.update(part.fields())
        self.fields["remark"] = forms.CharField(
            label=_("What we noticed"),
            help_text=_("About school, never about one child: no names of pupils, parents or colleagues."),
            required=False,
            max_length=SchoolScan.MOST,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def _add_item(self, item: str, concerned: list[tuple[str, str]]) -> None:
        self.fields[f"value-{item}"] = forms.ChoiceField(
            label=_("Is it there?"), choices=VALUES, required=False, widget=forms.RadioSelect
        )
        self.fields[f"left-{item}"] = forms.MultipleChoiceField(
            label=_("For whom is it not made? Look at:"),
            choices=concerned,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"remark-{item}"] = forms.CharField(label=_("Remark"), required=False, max_length=500)

    def items(self) -> Iterator[dict[str, Any]]:
        """Each question with its three fields."""
        for item in self.scan.items:
            yield {
                "text": self.texts[item.id],
                **{one: self[f"{one}-{item.id}"] for one in ("value", "left", "remark")},
            }

    def took_part(self) -> list[forms.BoundField]:
        """How many took part."""
        return [self[name] for name in TOOK_PART]

    def special(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of the special part, in groups under a heading."""
        return [(heading, [self[name] for name in names]) for heading, names in self.part.groups()]

    def found(self) -> dict[str, Any]:
        """What was found, as the fields of a scan."""
        clean = self.cleaned_data
        answers = {item.id: self._answer(item.id) for item in self.scan.items}
        return {
            **{name: clean[name] for name in TOOK_PART},
            "answers": answers,
            "extra": self.part.found(clean),
            "remark": clean["remark"],
        }

    def _answer(self, item: str) -> dict[str, Any]:
        given = self.cleaned_data[f"value-{item}"]
        return {
            "value": int(given) if given else None,
            "left_out": self.cleaned_data[f"left-{item}"],
            "remark": self.cleaned_data[f"remark-{item}"],
        }


def initial(scan: SchoolScan, part: special.Part) -> dict[str, Any]:
    """What the form shows of a scan that was kept before."""
    shown: dict[str, Any] = {name: getattr(scan, name) for name in (*TOOK_PART, "remark")}
    for item, given in scan.answers.items():
        value = given["value"]
        shown[f"value-{item}"] = "" if value is None else str(value)
        shown[f"left-{item}"], shown[f"remark-{item}"] = given["left_out"], given["remark"]
    return {**shown, **part.initial(), "seen": scan.version}
