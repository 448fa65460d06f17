"""A school leaves: it takes everything along that is its own, and nothing of it stays."""

import datetime as dt
import json
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import ManyToOneRel, ProtectedError
from django_scopes import scope, scopes_disabled

from erbij.errors import WebError
from erbij.studies.safe_csv import to_csv
from erbij.web.accounts.models import Person
from erbij.web.help import erasing
from erbij.web.help.models import HelpBox, HelpRequest
from erbij.web.help.router import STORE
from erbij.web.ideas.models import Idea
from erbij.web.mapping.models import ToldFile
from erbij.web.plans.models import Choice, ClassNames, Division, Draw, PlannedAction, StepNote
from erbij.web.records import queries as acts
from erbij.web.records.services import Kind, certify, note
from erbij.web.results import queries as results
from erbij.web.results.models import ApiToken, Note, PupilsPage, ReleaseRecord
from erbij.web.scans.models import SchoolScan
from erbij.web.schools.models import Grade, Membership, School, SchoolClass
from erbij.web.surveys import mixing
from erbij.web.surveys.models import Wave

RULE = "the school left"
OVER = (Wave.State.DRAFT, Wave.State.CLOSED)

Counts = dict[str, int]


def everything(school: School) -> dict[str, bytes]:
    """What a school may take along, by the name of a file.

    Its releases, notes, what was told to pupils, plan, scans, answered ideas, people and records. Ballots are
    not in it: nobody has them. Of an open survey nothing is in it.
    """
    with scope(school=school):
        note(Kind.EXPORTED, school=school)
        files = {"school.json": json.dumps(_school(school), ensure_ascii=False, indent=1).encode()}
        for record in ReleaseRecord.objects.select_related("wave").order_by("pk"):
            place = f"{record.closed_on}-{record.wave.code}"
            files[f"{place}/release.json"] = record.text.encode()
            files[f"{place}/cells.csv"] = to_csv(results.release_of(record).cells)
        files["records.csv"] = acts.as_csv().encode()
    return files


def _school(school: School) -> dict[str, Any]:
    classes = SchoolClass.objects.select_related("grade").order_by("grade__order", "name")
    members = Membership.objects.filter(school=school).select_related("person").order_by("pk")
    return {
        "name": school.name,
        "country": school.country,
        "language": school.language,
        "grades": list(Grade.objects.order_by("order").values_list("name", flat=True)),
        "classes": [{"grade": c.grade.name, "name": c.name, "size": c.size} for c in classes],
        "people": [_person(member) for member in members],
        "surveys": [_wave(wave) for wave in Wave.objects.order_by("pk")],
        "notes": [
            {"survey": each.record.wave.code, "page": each.page, "text": each.text}
            for each in Note.objects.select_related("record__wave").order_by("pk")
        ],
        "told_to_pupils": [
            {"survey": page.record.wave.code, "lines": page.lines}
            for page in PupilsPage.objects.select_related("record__wave").order_by("pk")
        ],
        "keys_of_programs": [
            {"name": key.name, "expires": key.expires.isoformat()} for key in ApiToken.objects.order_by("pk")
        ],
        "choices": [
            {name: str(getattr(choice, name)) for name in ("on", "signal", "kind", "reason")}
            for choice in Choice.objects.order_by("pk")
        ],
        "actions": [_action(action) for action in PlannedAction.objects.order_by("pk")],
        "divisions": [
            {"on": str(kept.on), "inputs": kept.inputs, "results": kept.results}
            for kept in Division.objects.order_by("pk")
        ],
        "draws": [
            {name: getattr(draw, name) for name in ("level", "seed", "starts", "days")} | {"on": str(draw.on)}
            for draw in Draw.objects.order_by("pk")
        ],
        "class_names": [
            {"on": str(kept.on), "earlier": kept.earlier.code, "later": kept.later.code, "names": kept.names}
            for kept in ClassNames.objects.select_related("earlier", "later").order_by("pk")
        ],
        "told_files": [
            {"on": str(told.on), "questionnaire": told.instrument_id}
            for told in ToldFile.objects.order_by("pk")
        ],
        "scans": [_scan(scan) for scan in SchoolScan.objects.order_by("pk")],
        "ideas": [
            {name: str(getattr(idea, name)) for name in ("title", "verdict", "why")}
            for idea in Idea.objects.exclude(title="").order_by("pk")
        ],
    }


def _person(member: Membership) -> dict[str, Any]:
    person = member.person
    elsewhere = list(person.elsewhere.order_by("issuer").values_list("issuer", flat=True))
    return {"name": person.name, "email": person.email, "role": member.role, "signs_in_at": elsewhere}


def _action(action: PlannedAction) -> dict[str, Any]:
    told = ("action", "title", "level", "owner_name", "starts_on", "check_on", "status", "status_reason")
    steps = StepNote.objects.filter(action=action).order_by("pk")
    return {
        **{name: str(getattr(action, name)) for name in told},
        "places": action.places,
        "steps": [
            {name: str(getattr(step, name)) for name in ("on", "did", "saw", "next")} for step in steps
        ],
    }


def _scan(scan: SchoolScan) -> dict[str, Any]:
    days = {name: str(getattr(scan, name)) for name in ("started_on", "finished_on")}
    told = ("opportunity", "staff", "pupils", "parents", "answers", "extra", "remark")
    return {**days, **{name: getattr(scan, name) for name in told}}


def _wave(wave: Wave) -> dict[str, Any]:
    days = {"opens_on": wave.opens_on, "closes_on": wave.closes_on}
    plain = {name: day.isoformat() if day else None for name, day in days.items()}
    asked = {"instrument": wave.instrument_id, "asked": wave.items_on, "reasons": wave.reasons}
    return {"code": wave.code, "title": wave.title, "state": str(wave.state), **asked, **plain}


def erase(school: School, *, today: dt.date) -> Counts:
    """Erase everything of a school, and accounts of people who have no other role; outside any transaction.

    Returns
    -------
    dict
        How many rows of each table went; the same stands in the certificates.

    Raises
    ------
    WebError
        A survey is open: its pupils were told that their answers would be heard.
    """
    with scopes_disabled():
        _refuse_open(school)
        with transaction.atomic(using=STORE), transaction.atomic():
            gone = _erase_rows(school)
            for what, count in sorted(gone.items()):
                certify(what=what, count=count, rule=RULE, on=today)
    _overwrite(gone)
    return gone


def _refuse_open(school: School) -> None:
    running = Wave.objects.filter(school=school).exclude(state__in=OVER)
    if found := list(running.values_list("code", flat=True)):
        raise WebError(
            "has a survey that is open",
            where=(school.slug,),
            found=", ".join(found),
            advice="Close it first.",
        )


def _erase_rows(school: School) -> Counts:
    gone: Counts = {}
    people = set(Membership.objects.filter(school=school).values_list("person", flat=True))
    for model in (HelpRequest, HelpBox):
        _add(gone, model.objects.filter(school=school.slug).delete())
    _erase_all(_of_a_school(), school, gone)
    _add(gone, School.objects.filter(pk=school.pk).delete())
    still = set(Membership.objects.values_list("person", flat=True))
    _add(gone, Person.objects.filter(pk__in=people - still, is_superuser=False).delete())
    return gone


def _of_a_school() -> list[type[models.Model]]:
    """Every table that names its school, also one that was added after this was written."""
    # The hidden ones too: most tables have no name for the way back.
    relations = School._meta.get_fields(include_hidden=True)
    return [each.related_model for each in relations if isinstance(each, ManyToOneRel)]


def _erase_all(tables: list[type[models.Model]], school: School, gone: Counts) -> None:
    """Empty these tables of a school; what others hold on to goes after them."""
    waiting = tables
    while waiting:
        held = []
        for model in waiting:
            try:
                with transaction.atomic():
                    _add(gone, model._base_manager.filter(school=school).delete())
            except ProtectedError:
                held.append(model)
        if len(held) == len(waiting):
            raise WebError("can't be erased", where=(school.slug,), found=held[0]._meta.label)
        waiting = held


def _add(gone: Counts, deleted: tuple[int, dict[str, int]]) -> None:
    for what, count in deleted[1].items():
        gone[what.lower()] = gone.get(what.lower(), 0) + count


def _overwrite(gone: Counts) -> None:
    """What was deleted goes from the disk as well, as far as the database lets it."""
    erasing.wipe()
    mixing.mix()
    if connections["default"].vendor == "postgresql":
        tables = {each._meta.label_lower: each._meta.db_table for each in _tables()}
        with connections["default"].cursor() as cursor:
            for what in sorted(set(gone) & set(tables)):
                cursor.execute(f'VACUUM FULL "{tables[what]}"')


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label != STORE]
