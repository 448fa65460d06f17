"""Every address of a school, for every role and for the people of another school."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.schools import services, urls
from erbij.web.schools.roles import MANAGERS, READERS, Role

ROLES = [role.value for role in Role]
STRANGERS = ["head-elsewhere", "lead-elsewhere", "nobody-yet"]
EVERYONE = tuple(Role)
FOUND = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-keep": "on"} | {
    "form-0-grade": "4",
    "form-0-name": "4A",
    "form-0-size": "20",
}
# name of the address: who may, method, what is sent, and the answer for who may
ADDRESSES: dict[str, tuple[tuple[str, ...], str, dict[str, Any], int]] = {
    "school": (EVERYONE, "get", {}, 200),
    "school-settings": (MANAGERS, "post", {"name": "Linde", "country": "NL", "language": "fr"}, 302),
    "join-network": ((Role.COORDINATOR,), "post", {"code": "no"}, 422),
    "leave-network": ((Role.COORDINATOR,), "post", {}, 302),
    "classes": (READERS, "get", {}, 200),
    "add-grade": (MANAGERS, "post", {"name": "4"}, 302),
    "change-grade": (MANAGERS, "post", {"name": "three"}, 302),
    "move-grade": (MANAGERS, "post", {"up": ""}, 302),
    "remove-grade": (MANAGERS, "post", {}, 302),
    "add-class": (MANAGERS, "post", {"grade": "GRADE", "name": "3B", "size": "20"}, 302),
    "paste-classes": (MANAGERS, "post", {"grade": "GRADE", "lines": "3C 21\n3D 22"}, 302),
    "upload-classes": (MANAGERS, "post", {}, 422),
    "save-classes": (MANAGERS, "post", FOUND, 302),
    "change-class": (MANAGERS, "post", {"name": "3A", "size": "23"}, 302),
    "remove-class": (MANAGERS, "post", {}, 302),
    "operators": ((Role.COORDINATOR,), "get", {}, 200),
    "let-in": ((Role.COORDINATOR,), "post", {"hours": "4"}, 422),
    "shut-out": (MANAGERS, "post", {}, 302),
    "people": (MANAGERS, "get", {}, 200),
    "records": (MANAGERS, "get", {}, 200),
    "records-file": (MANAGERS, "get", {}, 200),
    "invite": (MANAGERS, "post", {"role": "team-member"}, 200),
    "withdraw-invitation": (MANAGERS, "post", {}, 302),
    "remove-member": (MANAGERS, "post", {}, 302),
}


@pytest.fixture
def ask(cast: Any, signed_in: Callable[[str], Client]) -> Callable[[str, str], Any]:
    with scope(school=cast.school):
        made = services.invite(school=cast.school, role="team-member", today=dt.date.today())
        guest = cast.people["teacher"]
        row = services.add_member(school=cast.school, person=guest, role=Role.HELP_ADULT)
    things = {
        "grade": cast.grade.pk,
        "class": cast.school_class.pk,
        "invitation": made.invitation.pk,
        "member": row.pk,
    }

    def send(who: str, name: str) -> Any:
        _may, method, data, _answer = ADDRESSES[name]
        kind = name.rpartition("-")[2]
        known = {"school": cast.school.slug}
        if name == "shut-out":
            known["pk"] = 1
        if name.startswith(("change-", "move-", "remove-", "withdraw-")):
            known["pk"] = things[kind]
        filled = {key: cast.grade.pk if value == "GRADE" else value for key, value in data.items()}
        return getattr(signed_in(who), method)(reverse(name, kwargs=known), filled)

    return send


def test_every_address_of_a_school_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_signed_in_is_sent_to_the_sign_in_page(name: str, ask: Any) -> None:
    answer = ask("anonymous", name)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login") + "?next=/school/")


@pytest.mark.parametrize("name", ADDRESSES)
def test_everyone_gets_what_is_their_own_and_no_more(name: str, ask: Any) -> None:
    may, _method, _data, answer = ADDRESSES[name]
    expected = {role: answer if role in may else 403 for role in ROLES} | dict.fromkeys(STRANGERS, 404)
    assert {who: apart(ask, who, name) for who in expected} == expected


def apart(ask: Any, who: str, name: str) -> int:
    """The answer to one visitor, undone before the next one comes."""
    with transaction.atomic():
        status: int = ask(who, name).status_code
        transaction.set_rollback(True)
    return status


def test_somebody_switched_off_is_out(cast: Any, signed_in: Any) -> None:
    client = signed_in("coordinator")
    cast.people["coordinator"].is_active = False
    cast.people["coordinator"].save()
    assert client.get(reverse("school", kwargs={"school": cast.school.slug})).status_code == 302


@pytest.mark.parametrize("name", ["change-class", "remove-class", "change-grade", "remove-grade"])
def test_coordinator_reaches_nothing_of_another_school(name: str, cast: Any, signed_in: Any) -> None:
    pk = cast.school_class.pk if name.endswith("class") else cast.grade.pk
    address = reverse(name, kwargs={"school": cast.other.slug, "pk": pk})
    answer = signed_in("head-elsewhere").post(address, {"name": "mine", "size": "5"})
    assert answer.status_code == 404
    with scope(school=cast.school):
        cast.school_class.refresh_from_db()
    assert (cast.school_class.name, cast.school_class.size) == ("3A", 22)


def test_school_that_does_not_exist_looks_like_one_that_is_not_yours(cast: Any, signed_in: Any) -> None:
    client = signed_in("head-elsewhere")
    answers = [client.get(f"/school/{slug}/") for slug in (cast.school.slug, "no-such-school")]
    assert [answer.status_code for answer in answers] == [404, 404]
    texts = [
        answer.content.replace(slug.encode(), b"")
        for answer, slug in zip(answers, (cast.school.slug, "no-such-school"), strict=True)
    ]
    assert _without_tokens(texts[0]) == _without_tokens(texts[1])


def _without_tokens(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)
