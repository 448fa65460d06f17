"""Scans in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from erbij.actions import fitting, school_scan
from erbij.actions.school_scan import Scan
from erbij.actions.words import Words
from erbij.instruments import registry
from erbij.privacy.release import BreakdownCard, Release
from erbij.web.results import queries as results
from erbij.web.results.models import ReleaseRecord
from erbij.web.scans import forms, queries, special
from erbij.web.scans.models import SchoolScan

ASKED_IN = "erbij-pupils-13-18"
"""The questionnaire that asks all that items of scans concern."""
CAREFUL = 10
"""The threshold where no release says another one."""


@dataclass(frozen=True, slots=True)
class Shares:
    """A group in the team and among the pupils who answered, in per cent; None where that is not told."""

    breakdown: str
    group: str
    team: int
    pupils: int | None


def labels(scan: Scan, words: Words) -> dict[str, str]:
    """The background questions that a scan concerns, in words."""
    items = registry.load(ASKED_IN).items
    names = {name for item in scan.items for name in item.breakdowns}
    return {name: words.label(items[name].label or {}, _("love")) for name in names}


def questions(scan: Scan, words: Words) -> list[dict[str, Any]]:
    """The questions with what they concern."""
    named = labels(scan, words)
    return [
        {"text": words.label(item.text, item.id), "concerns": [named[one] for one in item.breakdowns]}
        for item in scan.items
    ]


def part_of(kept: SchoolScan, record: ReleaseRecord | None, words: Words) -> special.Part:
    """The special part of a scan."""
    if kept.opportunity == SchoolScan.Opportunity.CURRICULUM:
        return special.Sample(kept.extra)
    if kept.opportunity == SchoolScan.Opportunity.WELCOME:
        return special.Mails(kept.extra)
    if kept.opportunity != SchoolScan.Opportunity.TEAMS or record is None:
        return special.Part(kept.extra)
    release, scan = results.release_of(record), queries.scan(kept.opportunity)
    concerned = {name for item in (scan.items if scan else ()) for name in item.breakdowns}
    cards = tuple(card for card in release.card.breakdowns if fitting.SAME.get(card.id, card.id) in concerned)
    threshold = max(release.card.policy.threshold, CAREFUL)
    return special.Team(kept.extra, cards, threshold, _named(cards, words))


def _named(cards: tuple[BreakdownCard, ...], words: Words) -> dict[str, str]:
    named = {card.id: words.label(card.label, card.id) for card in cards}
    groups = {f"{card.id}/{one.id}": words.label(one.label, one.id) for card in cards for one in card.groups}
    return named | groups


def answers(kept: SchoolScan, scan: Scan, words: Words) -> Iterator[dict[str, Any]]:
    """What was found, question by question."""
    named, said = labels(scan, words), dict(forms.VALUES)
    for item in scan.items:
        given = kept.answers.get(item.id, {"value": None, "left_out": [], "remark": ""})
        value = given["value"]
        yield {
            "id": item.id,
            "text": words.label(item.text, item.id),
            "value": value,
            "said": said["" if value is None else str(value)],
            "left_out": [named.get(one, one) for one in given["left_out"]],
            "remark": given["remark"],
        }


def special_lines(kept: SchoolScan) -> list[str]:
    """The special part of a scan in a line for each piece of the sample and each difference of the mails."""
    roles, differences = dict(special.ROLES), dict(special.DIFFERENCES)
    lines = []
    for piece in kept.extra.get("sample", []):
        who = [f"{special.KINDS[kind]}: {roles[role]}" for kind, role in piece["roles"].items()]
        lines.append(f"{piece['name']} ({', '.join(who)})" if who else piece["name"])
    for name, given in kept.extra.get("mails", {}).items():
        lines.append(f"{special.COMPARED[name]} {differences[given]}")
    return lines


def beside(kept: SchoolScan, scan: Scan, record: ReleaseRecord, words: Words) -> dict[str, Any]:
    """The scan beside what pupils said."""
    found = school_scan.beside(scan, queries.answers_of(kept), results.release_of(record))
    named = labels(scan, words)
    return {
        "found": found,
        "sentence": words.tell(found.sentence),
        "blind": [
            {"text": words.label(item.text, item.id), "gap": words.tell(gap.sentence)}
            for item, gap in found.blind_spots
        ],
        "first": [
            {"text": words.label(item.text, item.id), "group": named.get(name, name)}
            for item, name in found.seen_first
        ],
    }


def team(extra: Mapping[str, Any], record: ReleaseRecord | None, words: Words) -> list[Shares]:
    """The team against the pupils of a release."""
    if record is None:
        return []
    release, rows = results.release_of(record), []
    for card in release.card.breakdowns:
        told = extra.get("team", {}).get(card.id)
        pupils = _pupils(release, card) if told else {}
        for one in card.groups if told else ():
            names = words.label(card.label, card.id), words.label(one.label, one.id)
            rows.append(Shares(*names, told.get(one.id, 0), pupils.get(one.id)))
    return rows


def _pupils(release: Release, card: BreakdownCard) -> dict[str, int]:
    """Pupils who answered by group, in per cent; nothing where one of the groups is withheld."""
    main = release.card.instrument.main_scale
    rows = release.cells.filter(
        pl.col("level") == "all",
        pl.col("breakdown") == card.id,
        pl.col("measure").is_in(["mean", f"mean:{main}"]),
        pl.col("status") == "shown",
    )
    counts = dict(rows.select("group", "n").iter_rows())
    if any(counts.get(one.id) is None for one in card.groups):
        return {}
    total = sum(counts.values())
    return {group: round(100 * n / total) for group, n in counts.items()}
