from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web import security
from erbij.web.accounts.models import Person
from erbij.web.results import files
from erbij.web.schools import services
from erbij.web.schools.models import Membership, Network
from erbij.web.schools.roles import SCHOOL_ROLES, Role
from erbij.web.surveys import brake

PASSWORD = "maan fiets lamp stoel"  # noqa: S105


@pytest.fixture(autouse=True)
def quick_and_apart(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A cheap hash for passwords, a data folder of its own, no failed sign-ins or words of another test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA = tmp_path
    settings.WHITENOISE_AUTOREFRESH = True  # else every browser of a test lists all static files
    cache.clear()
    brake.WRONG = brake.Brake()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def text() -> str:
    """A small real release with two ballots that could not be read."""
    instrument = registry.load("erbij-pupils-8-9")
    asking = Asking({"nl": "x"}, tuple(instrument.items), {"k": ClassPlace("3", "3A", 22)})
    return files.to_text(gate.release(ballots.to_study([], instrument, asking, undecodable=2)))


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Any:
    """A school with somebody in every role, and the people who do not belong there."""
    settings.HELP_KEY_FILE = tmp_path / "help-key"
    security.kept_key(settings.HELP_KEY_FILE)
    names = [*(role.value for role in Role), "head-elsewhere", "lead-elsewhere", "nobody-yet"]
    password = make_password(PASSWORD)
    people = {
        person.name: person
        for person in Person.objects.bulk_create(
            Person(email=f"{name}@school.example", name=name, password=password) for name in names
        )
    }
    network, far = Network.objects.create(name="Together"), Network.objects.create(name="Far away")
    school = services.create_school(
        name="De Linde",
        country="BE",
        language="nl",
        coordinator=people[Role.COORDINATOR],
        network=network,
    )
    other = services.create_school(
        name="Elsewhere", country="NL", language="nl", coordinator=people["head-elsewhere"], network=far
    )
    services.add_network_lead(network=network, person=people[Role.NETWORK_LEAD])
    services.add_network_lead(network=far, person=people["lead-elsewhere"])
    with scope(school=school):
        Membership.objects.bulk_create(
            Membership(school=school, person=people[role], role=role)
            for role in SCHOOL_ROLES
            if role != Role.COORDINATOR
        )
        grade = services.add_grade(school=school, name="3")
        school_class = services.add_class(grade=grade, name="3A", size=22)
    return SimpleNamespace(
        school=school, other=other, people=people, grade=grade, school_class=school_class, network=network
    )


@pytest.fixture
def signed_in(cast: Any) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in; `anonymous` is nobody."""

    def browser(who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        if who != "anonymous":
            client.force_login(cast.people[who])
        return client

    return browser
