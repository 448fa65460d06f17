"""The special parts of three scans: a sample of lessons, the enrolment mails, who the team is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from erbij.actions import school_scan
from erbij.actions.school_scan import Coverage, Piece
from erbij.privacy.release import BreakdownCard

Fields = dict[str, forms.Field]
Groups = list[tuple[str, list[str]]]

KINDS = {
    "women": _("girls and women"),
    "men": _("boys and men"),
    "elsewhere": _("people with roots elsewhere"),
    "languages": _("people who speak other languages"),
    "faiths": _("people of several faiths and none"),
    "disability": _("people with a disability"),
    "families": _("other families and loves"),
}
ROLES = (
    ("", _("absent")),
    ("lead", _("leads")),
    ("named", _("named")),
    ("stereotyped", _("stereotyped")),
)
MOST_PIECES, SPARE = 20, 2
COMPARED = {
    "answer": _("Was there an answer?"),
    "time": _("How soon?"),
    "tone": _("How kind and how complete?"),
}
DIFFERENCES = (
    ("", _("not tested")),
    ("same", _("no difference")),
    ("first", _("better for the familiar name")),
    ("second", _("better for the other name")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """The special part of a scan; this one is empty. `kept`: what was found before."""

    kept: Mapping[str, Any] = field(default_factory=dict)

    def fields(self) -> Fields:
        """The fields of the form."""
        return {}

    def groups(self) -> Groups:
        """Names of fields under a heading."""
        return []

    def initial(self) -> dict[str, Any]:
        """What was found before, by field."""
        return {}

    def found(self, _clean: Mapping[str, Any]) -> dict[str, Any]:
        """What is kept."""
        return {}


class Sample(Part):
    """Books and lessons, and who appears in each. A piece without a name leaves the sample."""

    def fields(self) -> Fields:
        """A name and a role for each kind of people, for what is there and for two more."""
        made: Fields = {}
        for row in range(self._rows()):
            made[f"piece-{row}"] = forms.CharField(
                label=_("Book or lesson; empty takes it out"), max_length=120, required=False
            )
            for kind, label in KINDS.items():
                made[f"piece-{row}-{kind}"] = forms.ChoiceField(label=label, choices=ROLES, required=False)
        return made

    def groups(self) -> Groups:
        """One for each piece."""
        names = [[f"piece-{row}", *(f"piece-{row}-{kind}" for kind in KINDS)] for row in range(self._rows())]
        return [(str(number), of) for number, of in enumerate(names, 1)]

    def initial(self) -> dict[str, Any]:
        """The sample as it was."""
        shown = {}
        for row, piece in enumerate(self.kept.get("sample", [])):
            shown[f"piece-{row}"] = piece["name"]
            shown |= {f"piece-{row}-{kind}": role for kind, role in piece["roles"].items()}
        return shown

    def found(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """The pieces that have a name."""
        sample = []
        for row in range(self._rows()):
            roles = {kind: clean[f"piece-{row}-{kind}"] for kind in KINDS if clean[f"piece-{row}-{kind}"]}
            if clean[f"piece-{row}"]:
                sample.append({"name": clean[f"piece-{row}"], "roles": roles})
        return {"sample": sample}

    def _rows(self) -> int:
        return min(MOST_PIECES, len(self.kept.get("sample", [])) + SPARE)


class Mails(Part):
    """Two mails about enrolling, the same but for the name under them."""

    def fields(self) -> Fields:
        """A difference of each kind; no names, and nobody who answered."""
        return {
            f"mail-{name}": forms.ChoiceField(label=label, choices=DIFFERENCES, required=False)
            for name, label in COMPARED.items()
        }

    def groups(self) -> Groups:
        """All together."""
        return [("", [f"mail-{name}" for name in COMPARED])]

    def initial(self) -> dict[str, Any]:
        """The differences as they were."""
        return {f"mail-{name}": given for name, given in self.kept.get("mails", {}).items()}

    def found(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """The differences."""
        return {"mails": {name: clean[f"mail-{name}"] for name in COMPARED}}


@dataclass(frozen=True, slots=True)
class Team(Part):
    """How many colleagues are in each group: read once, kept in per cent or not at all."""

    cards: tuple[BreakdownCard, ...] = ()
    threshold: int = 10
    labels: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> Fields:
        """A count for each group of each breakdown of the release; never shown again."""
        return {
            f"team-{card.id}-{group.id}": forms.IntegerField(
                label=self.labels[f"{card.id}/{group.id}"], min_value=0, max_value=2_000, required=False
            )
            for card in self.cards
            for group in card.groups
        }

    def groups(self) -> Groups:
        """One for each breakdown."""
        return [
            (self.labels[card.id], [f"team-{card.id}-{group.id}" for group in card.groups])
            for card in self.cards
        ]

    def found(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """What may be told; what was typed before stays where nothing is typed now."""
        shares = dict(self.kept.get("team", {}))
        for card in self.cards:
            typed = {group.id: clean[f"team-{card.id}-{group.id}"] for group in card.groups}
            if any(count is not None for count in typed.values()):
                counts = {group: count or 0 for group, count in typed.items()}
                told = school_scan.represented(counts, self.threshold)
                shares[card.id] = told and {group: round(share) for group, share in told.items()}
        return {"team": shares}


def coverage(extra: Mapping[str, Any]) -> tuple[Coverage, ...]:
    """The coverage matrix of a kept sample; empty without one."""
    sample = [Piece(one["name"], one["roles"]) for one in extra.get("sample", [])]
    return school_scan.coverage(sample, tuple(KINDS)) if sample else ()
