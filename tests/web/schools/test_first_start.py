import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from erbij.web import codes
from erbij.web.accounts import start_code
from erbij.web.accounts.models import Person
from erbij.web.accounts.services import Account
from erbij.web.schools import access, services
from erbij.web.schools.models import School
from erbij.web.schools.roles import Role

pytestmark = pytest.mark.django_db


def filled(**changed: str) -> dict[str, str]:
    return {
        "code": start_code.current(),
        "school": "De Linde",
        "country": "BE",
        "language": "nl",
        "name": "An",
        "email": "an@linde.example",
        "password": "maan fiets lamp stoel",
    } | changed


@pytest.mark.parametrize("path", ["/home/", "/account/login/", "/account/", "/school/x/", "/invitation/"])
def test_pages_of_the_staff_lead_to_the_first_start(path: str, client: Client) -> None:
    assert client.get(path)["Location"] == "/first/"


def test_first_start_makes_school_coordinator_and_signs_in(client: Client) -> None:
    answer = client.post("/first/", filled(code=codes.shown(start_code.current()).lower()))
    assert answer["Location"] == "/school/de-linde/"
    assert client.get("/school/de-linde/").status_code == 200
    assert access.may(Person.objects.get(), School.objects.get(), Role.COORDINATOR)


def test_first_start_may_make_a_network(client: Client) -> None:
    client.post("/first/", filled(network=" Scholen  van Noord"))
    person, school = Person.objects.get(), School.objects.get()
    assert school.network is not None
    assert school.network.name == "Scholen van Noord"
    assert access.roles_of(person, school) == {Role.COORDINATOR, Role.NETWORK_LEAD}


def test_first_start_happens_once(client: Client, settings: Any) -> None:
    code = start_code.current()
    client.post("/first/", filled())
    again = Client()
    assert again.get("/first/").status_code == 404
    assert again.post("/first/", filled(code=code, email="eve@x.example")).status_code == 404
    assert Person.objects.count() == 1
    assert not (settings.DATA / start_code.FILE).exists()
    assert start_code.current() == ""
    with pytest.raises(ValidationError):
        services.start(
            account=Account("e@x.example", "Eve", "nl", "x"), school="X", country="BE", language="nl"
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "ABCD-EFGH-234"),
        ("code", ""),
        ("password", "kort"),
        ("password", "passwordpassword"[:8]),
        ("password", "123456789012"),
        ("password", "an@linde.example"),
        ("email", "an"),
        ("country", "QQ"),
        ("school", ""),
    ],
)
def test_first_start_refuses(field: str, value: str, client: Client) -> None:
    answer = client.post("/first/", filled(**{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not Person.objects.exists()
    assert not School.objects.exists()


def test_start_code_stays_the_same_until_it_is_used_and_only_its_owner_reads_it(settings: Any) -> None:
    code, path = start_code.current(), Path(settings.DATA / start_code.FILE)
    assert codes.is_whole(code)
    assert start_code.current() == code
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_command_shows_the_code_only_before_the_first_start(client: Client) -> None:
    def shown() -> str:
        out = StringIO()
        call_command("start_code", stdout=out)
        return out.getvalue().strip()

    assert codes.tidy(shown()) == start_code.current()
    client.post("/first/", filled())
    assert shown() == ""


def test_page_of_the_first_start_asks_for_everything(client: Client) -> None:
    page = client.get(reverse("first")).content.decode()
    assert [name for name in filled() if f'name="{name}"' not in page] == []
