import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django_scopes import scope, scopes_disabled

from erbij.web import codes
from erbij.web.accounts.models import Person
from erbij.web.schools import access, queries, services
from erbij.web.schools.models import Invitation, Membership
from erbij.web.schools.roles import Role

TODAY = dt.date.today()
NEW = {"name": "Bo", "email": "bo@linde.example", "password": "maan fiets lamp stoel"}


@pytest.fixture
def invite(cast: Any) -> Any:
    def make(role: str = Role.TEAM_MEMBER, *, today: dt.date = TODAY, **more: Any) -> str:
        with scope(school=cast.school):
            return services.invite(school=cast.school, role=role, today=today, **more).code

    return make


def test_invitation_gives_the_role_once(cast: Any, invite: Any) -> None:
    code = invite()
    assert Client().post(f"/invitation/{code}/", NEW)["Location"] == "/school/de-linde/"
    person = Person.objects.get(email=NEW["email"])
    assert access.roles_of(person, cast.school) == {Role.TEAM_MEMBER}
    again = Client().post(f"/invitation/{code}/", NEW | {"email": "eve@x.example"})
    assert again.status_code == 404
    assert not Person.objects.filter(email="eve@x.example").exists()


def test_teacher_is_invited_for_a_class(cast: Any, invite: Any) -> None:
    Client().post(f"/invitation/{invite(Role.TEACHER, school_class=cast.school_class)}/", NEW)
    with scope(school=cast.school):
        assert Membership.objects.get(person__email=NEW["email"]).school_class == cast.school_class


def test_last_day_counts_and_the_day_after_does_not(cast: Any, invite: Any) -> None:
    last = dt.timedelta(days=services.INVITATION_DAYS)
    assert Client().get(f"/invitation/{invite(today=TODAY - last)}/").status_code == 200
    old = invite(today=TODAY - last - dt.timedelta(days=1))
    assert Client().get(f"/invitation/{old}/").status_code == 404
    with pytest.raises(ValidationError):
        services.accept_invitation(code=old, person=cast.people["nobody-yet"], today=TODAY)


def test_withdrawn_invitation_does_not_work(cast: Any, invite: Any, signed_in: Any) -> None:
    code = invite()
    pk = queries.open_invitation(code, TODAY).pk
    signed_in("coordinator").post(f"/school/de-linde/people/invitation/{pk}/withdraw/")
    assert Client().get(f"/invitation/{code}/").status_code == 404


def test_typing_error_is_named_as_one(invite: Any) -> None:
    code = invite()
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    client = Client(headers={"accept-language": "en"})
    answer = client.post("/invitation/", {"code": wrong})
    assert answer.status_code == 422
    assert "typing error" in answer.content.decode()
    right = client.post("/invitation/", {"code": f" {codes.shown(code).lower()} "})
    assert right["Location"] == f"/invitation/{code}/"


def test_code_is_nowhere_in_the_database(invite: Any) -> None:
    code = invite()
    with scopes_disabled():
        row = Invitation.objects.values().get()
    assert code not in str(row)
    assert codes.tidy(codes.shown(code)) == code
    assert re.fullmatch(r"[0-9a-f]{64}", row["code_hash"])


def test_who_is_signed_in_joins_with_that_account(cast: Any, invite: Any, signed_in: Any) -> None:
    client, code = signed_in("nobody-yet"), invite(Role.HELP_ADULT)
    assert client.get(f"/invitation/{code}/").status_code == 200
    assert client.post(f"/invitation/{code}/")["Location"] == "/school/de-linde/"
    assert access.roles_of(cast.people["nobody-yet"], cast.school) == {Role.HELP_ADULT}


def test_invitation_by_email_is_for_that_address_only(cast: Any, invite: Any, signed_in: Any) -> None:
    code = invite(email="Bo@linde.example")
    answer = signed_in("nobody-yet").post(f"/invitation/{code}/")
    assert answer.status_code == 422
    assert not access.may(cast.people["nobody-yet"], cast.school)
    Client().post(f"/invitation/{code}/", NEW | {"email": "eve@x.example"})
    assert Person.objects.filter(email="bo@linde.example").exists()
    assert not Person.objects.filter(email="eve@x.example").exists()


def test_address_with_an_account_must_sign_in_first(cast: Any, invite: Any) -> None:
    known = NEW | {"email": cast.people["nobody-yet"].email.upper()}
    answer = Client().post(f"/invitation/{invite()}/", known)
    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors


def test_weak_password_leaves_the_invitation_open(invite: Any) -> None:
    code = invite()
    assert Client().post(f"/invitation/{code}/", NEW | {"password": "abc"}).status_code == 422
    assert queries.open_invitation(code, TODAY) is not None


def test_nobody_is_invited_as_lead_of_a_network(cast: Any, signed_in: Any) -> None:
    answer = signed_in("coordinator").post("/school/de-linde/people/invite/", {"role": "network-lead"})
    assert answer.status_code == 422


def test_printed_invitation_shows_its_code_once(cast: Any, signed_in: Any) -> None:
    client = signed_in("coordinator")
    page = client.post("/school/de-linde/people/invite/", {"role": "team-member"}).content.decode()
    code = codes.tidy(re.search(r'class="code">([^<]+)<', page)[1])
    assert queries.open_invitation(code, TODAY) is not None
    assert "<svg" in page
    assert codes.shown(code) not in client.get("/school/de-linde/people/").content.decode()


def test_invitation_goes_by_email_where_there_is_a_server(cast: Any, signed_in: Any, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.school.example"
    signed_in("coordinator").post(
        "/school/de-linde/people/invite/", {"role": "team-member", "email": "bo@linde.example"}
    )
    (letter,) = mail.outbox
    code = re.search(r"/invitation/(\w+)/", letter.body)[1]
    assert letter.to == ["bo@linde.example"]
    assert queries.open_invitation(code, TODAY).email == "bo@linde.example"


def test_last_coordinator_stays(cast: Any, signed_in: Any) -> None:
    with scope(school=cast.school):
        row = Membership.objects.get(role=Role.COORDINATOR)
        signed_in("coordinator").post(f"/school/de-linde/people/member/{row.pk}/remove/")
        assert Membership.objects.filter(pk=row.pk).exists()
        services.add_member(school=cast.school, person=cast.people["teacher"], role=Role.COORDINATOR)
        services.remove_member(membership=row)
        assert not Membership.objects.filter(pk=row.pk).exists()
