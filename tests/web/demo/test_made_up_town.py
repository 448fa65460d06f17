"""The made-up town, small: who lives there, what was asked, and the links that lead in."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import Resolver404, include, path, resolve
from django_scopes import scope, scopes_disabled

from erbij.web import security, urls
from erbij.web.accounts.models import Person
from erbij.web.demo import choosing, filling, links, people
from erbij.web.plans import queries as plans
from erbij.web.results import queries as results
from erbij.web.schools.models import Membership, School
from erbij.web.surveys import queries
from erbij.web.surveys.box import Ballot
from erbij.web.surveys.models import Wave

SMALL = (2, 90)


@pytest.fixture
def town(transactional_db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    """Two schools, filled through the real services, with the address of the demo in place."""
    addresses = ModuleType("addresses")
    demo = path("demo/", include("erbij.web.demo.urls"))
    addresses.urlpatterns = [*urls.urlpatterns, demo]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = addresses
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    filling.fill(*SMALL)
    links.make_code()
    return School.objects.get(slug=people.SCHOOLS[0].slug)


def test_demo_is_no_part_of_the_program_of_a_school(settings: Any) -> None:
    assert settings.DEMO is False
    assert not apps.is_installed("erbij.web.demo")
    with pytest.raises(Resolver404):
        resolve("/demo/as/coordinator/code/")


def test_town_has_a_closed_wave_an_open_one_and_a_way_in_for_every_role(town: School) -> None:
    found = links.all_of_them()
    with scope(school=town):
        now, before = queries.waves_of(town.pk)
        (record,) = results.releases_of(town.pk)
        (session,) = queries.sessions_of(now)
        counts = [band.high for _, band in queries.bands_of(now)]
        answered, asked = (
            sum(record.per_class.values()),
            sum(each.size for each in queries.classes_of(town.pk)),
        )
    assert (now.state, before.state) == (Wave.State.OPEN, Wave.State.CLOSED)
    assert 0 < answered < asked
    assert record.undecodable == 0
    assert results.release_of(record).cells.filter(status="shown").height > 20
    # What was closed is destroyed; of what is open one class is in, and the one with a word is not.
    assert set(Ballot.objects.values_list("wave", flat=True)) == {now.code}
    assert [bool(high) for high in counts] == [False, True]
    assert found["class"] == {session.word: f"/c/{session.word}/"}
    with scopes_disabled():
        held = set(Membership.objects.values_list("role", flat=True))
    signed = {role: _home(link) for role, link in found["sign_in"].items()}  # type: ignore[attr-defined]
    own = f"/school/{town.slug}/"
    assert signed == dict.fromkeys(held, own) | {"network-lead": "/home/"}
    reader = Client()
    reader.get(found["sign_in"]["coordinator"])  # type: ignore[index]
    assert reader.get(found["report"]).status_code == 200
    _plan_and_ideas_can_be_read(town, reader, found)
    assert not [person for person in Person.objects.all() if person.has_usable_password()]
    _wrong_links_are_not_found()


def _plan_and_ideas_can_be_read(town: School, reader: Client, found: Any) -> None:
    """Two choices and at least one that waits, two actions with a step, and every idea answered."""
    with scope(school=town):
        plan = plans.plan_of(town.pk)
        actions = plans.actions_of(town.pk)
        steps = [len(plans.notes_of(action)) for action in actions]
        assert [choice.kind for choice in plan.choices] == ["act", "look-closer"]
    assert plan.open
    assert steps == [1, 1]
    assert len({action.owner_name for action in actions}) == 2
    assert all(action.starts_on < action.check_on for action in actions)
    assert reader.get(found["choices"]).status_code == 200
    listed = reader.get(found["actions"]).content.decode()
    assert all(action.owner_name in listed for action in actions)
    told = Client().get(found["heard"]).content.decode()
    assert all(text in told for text in (choosing.HEARD, *(title for title, *_ in choosing.IDEAS)))


def _home(link: str) -> str:
    answer = Client().get(link, follow=True)
    assert answer.status_code == 200
    return str(answer.request["PATH_INFO"])


def _wrong_links_are_not_found() -> None:
    right = links.code()
    paths = [f"coordinator/{right[:-1]}", f"coordinator/{right}x", f"pupil/{right}", "coordinator/é"]
    assert [Client().get(f"/demo/as/{wrong}/").status_code for wrong in paths] == [404] * 4
    assert Client().post(f"/demo/as/coordinator/{right}/").status_code == 405
    links.forget_code()
    assert [Client().get(f"/demo/as/coordinator/{code}/").status_code for code in (right, "-")] == [404] * 2
    assert links.code() == ""


def test_a_second_start_keeps_the_town_and_half_a_town_is_made_anew(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(filling, "fill", lambda *scale: made.append(scale))
    monkeypatch.setattr(filling, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(filling, "connections", _NoConnections())
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", tmp_path / "erbij.sqlite3")
    left = [tmp_path / f"erbij.sqlite3{end}" for end in ("", "-wal", "-shm")]
    for file in left:
        file.write_text("half")
    filling.make_ready()
    assert [file.exists() for file in left] == [False] * 3
    first = links.code()
    left[0].write_text("whole")
    filling.make_ready()
    assert (links.code(), left[0].exists(), len(made)) == (first, True, 1)
    filling.make_ready(fresh=True)
    assert links.code() != first
    assert (left[0].exists(), len(made)) == (False, 2)


class _NoConnections:
    def close_all(self) -> None:
        """The tests keep theirs."""
