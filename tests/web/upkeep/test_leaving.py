"""A school that leaves takes everything along; of it nothing stays, and of others everything."""

import csv
import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django_scopes import scope, scopes_disabled

from erbij.errors import WebError
from erbij.instruments import registry
from erbij.privacy import gate
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.help.models import HelpBox, HelpRequest
from erbij.web.ideas.models import Idea, Round
from erbij.web.mapping.models import ToldFile
from erbij.web.plans.models import Choice, ClassNames, Division, Draw, PlannedAction, StepNote
from erbij.web.records.models import Act, Erasure
from erbij.web.records.services import Kind, note
from erbij.web.results import files as texts
from erbij.web.results.models import Note, PupilsPage, ReleaseRecord
from erbij.web.scans.models import SchoolScan
from erbij.web.schools import services
from erbij.web.schools.models import Admission, Invitation, School
from erbij.web.schools.roles import Role
from erbij.web.surveys import services as surveys
from erbij.web.surveys.models import Card, HelpAdult, Wave
from erbij.web.upkeep import keeping, leaving
from erbij.web.upkeep.copies import making

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
INSTRUMENT = registry.load("erbij-pupils-8-9")


@pytest.fixture(scope="module")
def text() -> str:
    """A release of thirty pupils."""
    rng = np.random.default_rng(4)
    item = INSTRUMENT.scales[INSTRUMENT.main_scale].items[0]
    opened = [{"v": 1, "class": "k", "answers": {item: int(rng.integers(1, 3))}} for _ in range(30)]
    asking = Asking(
        {"nl": "x", "en": "x", "fr": "x"}, tuple(INSTRUMENT.items), {"k": ClassPlace("3", "3A", 30)}
    )
    return texts.to_text(gate.release(ballots.to_study(opened, INSTRUMENT, asking)))


@pytest.fixture
def two(stores: Path, settings: Any, tmp_path: Path, text: str) -> Any:
    """Two schools with the same in each: people, a closed survey with all that belongs to it, a request."""
    settings.DATA = tmp_path / "data"
    settings.HELP_KEY_FILE = tmp_path / "help-key"
    security.kept_key(settings.HELP_KEY_FILE)
    both = Person.objects.create_user("both@school.example", name="both")
    made: dict[str, School] = {}
    for name in ("canary", "stays"):
        noor = Person.objects.create_user(f"{name}@school.example", name=name)
        place = services.create_school(name=name, country="BE", language="nl", coordinator=noor)
        with scope(school=place):
            member = services.add_member(school=place, person=both, role=Role.TEAM_MEMBER)
            grade = services.add_grade(school=place, name=f"grade {name}")
            services.add_class(grade=grade, name=f"class {name}", size=30)
            services.invite(school=place, role=Role.TEACHER, email=f"x@{name}.example", today=TODAY)
            wave = surveys.create_wave(school=place, title=f"title {name}", instrument="erbij-pupils-8-9")
            HelpAdult.objects.create(wave=wave, membership=member)
            Card.objects.create(digest=name, wave=wave, class_code="x")
            Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
            sha = texts.hash_of(text)
            record = ReleaseRecord.objects.create(
                school=place, wave=wave, closed_on=TODAY, text=text, sha256=sha
            )
            Note.objects.create(school=place, record=record, page="level", text=f"note {name}")
            page = PupilsPage.objects.create(school=place, record=record, lines={"nl": [f"line {name}"]})
            plan_and_ideas(wave, page, name)
            HelpBox.objects.create(code=name, school=place.slug, public_key=b"", wrapped_key="")
            HelpRequest.objects.create(box=name, school=place.slug, sealed="s", day=TODAY)
        made[name] = place
    return made


def plan_and_ideas(wave: Wave, page: PupilsPage, name: str) -> None:
    """What was chosen and planned after a wave, and what pupils proposed."""
    kept = {"school": wave.school, "on": TODAY, "by_name": name}
    Choice.objects.create(**kept, wave=wave, signal="low.belonging", kind="leave", reason=f"why {name}")
    action = PlannedAction.objects.create(
        school=wave.school,
        title=f"action {name}",
        starts_on=TODAY,
        check_on=TODAY + PlannedAction.EIGHT_WEEKS,
        status_on=TODAY,
    )
    StepNote.objects.create(**kept, action=action, did=f"did {name}")
    Division.objects.create(**kept, sha256=name, inputs={"level": name}, results={"places": [name]})
    drawn = {"level": "class", "seed": 7, "actions": [action.code], "days": [str(TODAY)]}
    Draw.objects.create(**kept, **drawn, starts={f"place {name}": 1})
    ClassNames.objects.create(**kept, earlier=wave, later=wave, names={f"class {name}": ""})
    SchoolScan.objects.create(
        school=wave.school, opportunity="welcome", started_on=TODAY, remark=f"scan {name}"
    )
    hashes = {"file_hash": "", "told_hash": ""}
    ToldFile.objects.create(school=wave.school, on=TODAY, instrument_id=f"file {name}", **hashes)
    asked = Round.objects.create(
        school=wave.school, page=page, question=f"question {name}", until=TODAY, pupils=12, since=TODAY
    )
    Idea.objects.create(round=asked, text=f"words {name}", title=f"idea {name}", verdict="yes", why="good")


def rows() -> dict[str, list[bytes]]:
    """Every row of both databases."""
    return {name: raw.splitlines() for name, raw in making.gathered().files.items()}


def left(tmp_path: Path, **options: Any) -> dict[str, Any]:
    written = StringIO()
    call_command("leave", "canary", out=tmp_path / "out", stdout=written, **options)
    told: dict[str, Any] = json.loads(written.getvalue())
    return told


def test_school_takes_everything_along(two: Any, tmp_path: Path, text: str) -> None:
    told = left(tmp_path)
    out = tmp_path / "out"
    (folder,) = [path for path in out.iterdir() if path.is_dir()]
    assert (folder / "release.json").read_text() == text
    assert (folder / "cells.csv").read_text().startswith("level,unit,")
    known = json.loads((out / "school.json").read_text())
    assert [person["name"] for person in known["people"]] == ["canary", "both"]
    assert known["classes"] == [{"grade": "grade canary", "name": "class canary", "size": 30}]
    assert (known["notes"][0]["text"], known["told_to_pupils"][0]["lines"]) == (
        "note canary",
        {"nl": ["line canary"]},
    )
    assert known["choices"][0]["reason"] == "why canary"
    assert known["actions"][0]["title"] == "action canary"
    assert known["actions"][0]["steps"][0]["did"] == "did canary"
    assert known["divisions"][0]["results"] == {"places": ["canary"]}
    assert (known["draws"][0]["seed"], known["draws"][0]["starts"]) == (7, {"place canary": 1})
    assert known["class_names"][0]["names"] == {"class canary": ""}
    assert known["told_files"] == [{"on": str(TODAY), "questionnaire": "file canary"}]
    assert known["scans"][0]["remark"] == "scan canary"
    assert known["ideas"] == [{"title": "idea canary", "verdict": "yes", "why": "good"}]
    assert "stays" not in "".join(path.read_text() for path in out.rglob("*.*") if path.is_file())
    assert told["erased"] == {}
    with scope(school=two["canary"]):
        assert Act.objects.first().kind == Kind.EXPORTED  # type: ignore[union-attr]
    with pytest.raises(WebError, match="is not empty"):
        left(tmp_path)


def test_nothing_of_it_stays_and_everything_of_others(two: Any, stores: Path, tmp_path: Path) -> None:
    before = rows()
    told = left(tmp_path, erase=True)
    after = rows()
    assert not [name for name, lines in after.items() if any(b"canary" in line for line in lines)]
    for name, lines in before.items():
        gone = len(lines) - len(after[name])
        if name != "default/records.erasure":
            assert set(after[name]) <= set(lines), name
            # The act of taking it all out came and went.
            went = told["erased"].get(name.partition("/")[2], 0)
            assert gone == went - (name == "default/records.act"), name
    assert Person.objects.filter(name="both").exists()
    written = {each.what: each.count for each in Erasure.objects.all()}
    assert written == {what: count for what, count in told["erased"].items() if count}
    assert "canary" not in str(list(Erasure.objects.values_list()))
    # Nor on the disk, where the databases are files of this folder.
    assert [path.name for path in stores.iterdir() if b"title canary" in path.read_bytes()] == []


def test_open_survey_is_heard_first(two: Any, tmp_path: Path) -> None:
    with scope(school=two["canary"]):
        Wave.objects.update(state=Wave.State.OPEN)
    before = {name: lines for name, lines in rows().items() if not name.endswith(".act")}
    with pytest.raises(WebError, match="Close it first"):
        left(tmp_path, erase=True)
    assert {name: lines for name, lines in rows().items() if not name.endswith(".act")} == before


def test_table_that_nobody_lets_go_stops_it_whole(two: Any, monkeypatch: Any) -> None:
    before = rows()
    monkeypatch.setattr(leaving, "_of_a_school", lambda: [School])
    monkeypatch.setattr(School._base_manager, "filter", _held, raising=False)
    with pytest.raises(WebError, match="can't be erased"):
        leaving.erase(two["canary"], today=TODAY)
    monkeypatch.undo()
    assert rows() == before


def _held(**_named: Any) -> Any:
    raise leaving.ProtectedError("held", set())


def test_unknown_school_is_told_which_there_are(two: Any, tmp_path: Path) -> None:
    with pytest.raises(WebError, match="allowed: canary, stays"):
        call_command("leave", "nowhere", out=tmp_path / "out")


def test_what_was_kept_long_enough_goes_with_a_certificate(two: Any, settings: Any) -> None:
    settings.RECORD_DAYS = 730
    with scopes_disabled():
        Act.objects.all().delete()
        for days in (731, 729):
            school = two["stays"]
            Act.objects.create(school=school, at=NOW - dt.timedelta(days=days), kind=Kind.INVITED)
        Invitation.objects.filter(school=two["canary"]).update(expires=TODAY - dt.timedelta(days=31))
        Invitation.objects.filter(school=two["stays"]).update(expires=TODAY - dt.timedelta(days=30))
    Session.objects.create(session_key="a", session_data="", expire_date=NOW - dt.timedelta(hours=1))
    Session.objects.create(session_key="b", session_data="", expire_date=NOW + dt.timedelta(hours=1))
    ends = {"one": NOW - dt.timedelta(minutes=1), "two": NOW + dt.timedelta(minutes=1)}
    for name, end in ends.items():
        person = Person.objects.create_user(f"{name}@school.example", name=name)
        Admission.objects.create(school=two["stays"], person=person, reason="help", ends=end)
    kinds = ("invitation", "access of an operator", "record of an act", "session of somebody signed in")
    gone = dict.fromkeys(kinds, 1)
    assert keeping.let_go(NOW) == gone
    assert keeping.let_go(NOW) == dict.fromkeys(gone, 0)
    written = StringIO()
    call_command("erasures", stdout=written)
    table = list(csv.DictReader(StringIO(written.getvalue())))
    assert {row["what"]: int(row["count"]) for row in table} == gone
    assert {row["on"] for row in table} == {"2026-11-22"}
    with scopes_disabled():
        assert Invitation.objects.count() == Act.objects.count() == Session.objects.count() == 1
        assert Admission.objects.get().ends == ends["two"]


def test_note_of_an_act_is_in_what_a_school_takes_along(two: Any) -> None:
    with scope(school=two["canary"]):
        note(Kind.NETWORK_LEFT, school=two["canary"])
    assert b"network-left" in leaving.everything(two["canary"])["records.csv"]
