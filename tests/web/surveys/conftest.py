import datetime as dt
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django_scopes import scope

from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.schools.models import Grade, Membership, School, SchoolClass
from erbij.web.schools.roles import Role
from erbij.web.surveys import cards, queries, sealing, services
from erbij.web.surveys.models import Wave

DAY = dt.timedelta(days=1)


@pytest.fixture
def database(stores: Path) -> Path:
    """A database in a file, as a school has it: with threads, a log beside it and no transaction around."""
    return stores / "erbij.sqlite3"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: Any) -> Path:
    settings.KEY_FILE = tmp_path / "wave-key"
    security.kept_key(settings.KEY_FILE)
    path: Path = settings.KEY_FILE
    return path


@pytest.fixture
def person(database: Path) -> Callable[..., Any]:
    def make(school: School, role: str, school_class: SchoolClass | None = None) -> Any:
        who = Person.objects.create_user(f"{uuid4().hex[:8]}@school.example", None, name=f"a {role}")
        with scope(school=school):
            member = Membership.objects.create(
                person=who, school=school, role=role, school_class=school_class
            )
        return SimpleNamespace(person=who, member=member)

    return make


@pytest.fixture
def make_school(person: Callable[..., Any]) -> Callable[..., Any]:
    def make(name: str = "north", sizes: Sequence[int] = (23, 20)) -> Any:
        school = School.objects.create(name=name.title(), slug=name)
        with scope(school=school):
            grade = Grade.objects.create(school=school, name="5")
            classes = [
                SchoolClass.objects.create(school=school, grade=grade, name=f"5{letter}", size=size)
                for letter, size in zip("ABCDEFGHIJ", sizes, strict=False)
            ]
        helpers = [person(school, Role.HELP_ADULT).member for _ in range(2)]
        return SimpleNamespace(school=school, grade=grade, classes=classes, helpers=helpers)

    return make


@pytest.fixture
def town(make_school: Callable[..., Any]) -> Any:
    """One school with two classes and two adults who can help."""
    return make_school()


@pytest.fixture
def draft(town: Any) -> Callable[..., Wave]:
    """A wave that nothing blocks; give another town or instrument to change it."""

    def make(instrument: str = "erbij-pupils-10-12", *, at: Any = None) -> Wave:
        here = at or town
        today = dt.date.today()
        with scope(school=here.school):
            wave = services.create_wave(
                school=here.school,
                title="Autumn",
                instrument=instrument,
                opens_on=today,
                closes_on=today + 14 * DAY,
            )
            services.choose_help_adults(wave=wave, members=here.helpers)
            for helper in here.helpers:
                services.confirm_help_adult(wave=wave, member=helper)
            if not wave.asks_pupils:
                services.note_invited(wave=wave, invited=40)
        return wave

    return make


@pytest.fixture
def opened(draft: Callable[..., Wave]) -> Callable[..., Wave]:
    """A wave that is open."""

    def make(instrument: str = "erbij-pupils-10-12", *, at: Any = None, passphrase: str = "") -> Wave:
        wave = draft(instrument, at=at)
        with scope(school=wave.school):
            services.open_wave(wave=wave, passphrase=passphrase)
            return Wave.objects.get(pk=wave.pk)

    return make


@pytest.fixture
def with_cards(draft: Callable[..., Wave]) -> Callable[..., Wave]:
    """An open wave in which a card admits."""

    def make(instrument: str = "erbij-pupils-10-12", *, at: Any = None) -> Wave:
        wave = draft(instrument, at=at)
        with scope(school=wave.school):
            services.change_wave(wave=wave, with_cards=True)
            services.open_wave(wave=wave)
            return Wave.objects.get(pk=wave.pk)

    return make


@pytest.fixture
def deck(town: Any) -> Callable[..., tuple[str, ...]]:
    """The codes of a new deck for a class."""

    def make(wave: Wave, *, place: int = 0, count: int = 3) -> tuple[str, ...]:
        drawn, here = cards.draw(count), town.classes[place]
        with scope(school=wave.school):
            before = queries.mark_of_deck(wave, here.code)
            services.keep_deck(wave=wave, school_class=here, codes=drawn, instead_of=before)
        return drawn

    return make


@pytest.fixture
def hand_in() -> Callable[..., str]:
    """Seal answers as a page does and hand them in; gives the id."""

    def send(
        wave: Wave,
        class_code: str,
        answers: dict[str, object],
        *,
        counted: bool = True,
        number: int | None = None,
    ) -> str:
        ballot = str(uuid4()) if number is None else f"{number:08x}-0000-4000-8000-000000000000"
        plain = {"v": 1, "class": class_code, "language": "nl", "minutes": "5-10", "answers": answers}
        sealed = sealing.seal(plain, bytes(wave.public_key), wave=wave.code, ballot=ballot)
        services.accept_ballot(
            id=ballot, wave=wave.code, sealed=sealed, class_code=class_code if counted else ""
        )
        return ballot

    return send


@pytest.fixture
def at_once() -> Callable[..., list[object]]:
    """Run something in many threads at the same moment; gives what each answered or raised."""

    def run(work: Callable[[int], object], *, threads: int) -> list[object]:
        start, answers = threading.Barrier(threads), [None] * threads

        def one(place: int) -> None:
            start.wait()
            try:
                answers[place] = work(place)  # type: ignore[call-overload]
            except Exception as problem:
                answers[place] = problem  # type: ignore[call-overload]
            finally:
                connections.close_all()

        crowd = [threading.Thread(target=one, args=(place,)) for place in range(threads)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join()
        return answers

    return run
