import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_scopes import scope, scopes_disabled

from erbij.web import codes
from erbij.web.accounts.models import Person
from erbij.web.schools import access, networks, queries, services
from erbij.web.schools.models import Invitation, Membership, Network, School
from erbij.web.schools.roles import Role
from erbij.web.schools.urls import of_a_network

TODAY = dt.date.today()
LEAD, OPERATOR = Role.NETWORK_LEAD, Role.OPERATOR
NEW = {"name": "Zuid", "country": "BE", "language": "nl", "email": ""}
# name of the address: what is sent, and the answer for a lead, for its operator, and for the rest
ADDRESSES: dict[str, tuple[str, dict[str, str], int, int]] = {
    "network": ("get", {}, 200, 200),
    "network-school": ("post", NEW, 200, 200),
    "network-lead": ("post", {"email": ""}, 200, 403),
    "remove-lead": ("post", {}, 302, 403),
    "withdraw-lead": ("post", {}, 302, 302),
}


@pytest.fixture(autouse=True)
def in_english(cast: Any) -> Iterator[None]:
    """Everyone reads English here."""
    Person.objects.update(language="en")
    with translation.override("en"):
        yield


@pytest.fixture
def operated(cast: Any) -> Any:
    """The network of the cast, with somebody who only looks after it."""
    services.add_to_network(network=cast.network, person=cast.people["operator"], role=OPERATOR)
    return cast


@pytest.fixture
def fresh(cast: Any) -> Network:
    """A network that an operator just made."""
    return services.create_network(name="New", maker=cast.people["operator"], role=OPERATOR)


def test_every_address_of_a_network_is_in_the_table() -> None:
    assert {pattern.name for pattern in of_a_network} | {"network"} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_network_opens_for_its_leads_and_in_part_for_its_operator(
    name: str, operated: Any, signed_in: Callable[[str], Client]
) -> None:
    method, data, lead, operator = ADDRESSES[name]
    known = {"network": operated.network.pk} | ({"pk": 1} if name.startswith(("remove", "withdraw")) else {})
    others = [role.value for role in Role if role not in (LEAD, OPERATOR)]
    expected = {"network-lead": lead, "operator": operator} | dict.fromkeys(
        [*others, "head-elsewhere", "lead-elsewhere", "nobody-yet"], 404
    )
    found = {}
    for who in expected:
        with transaction.atomic():
            found[who] = getattr(signed_in(who), method)(reverse(name, kwargs=known), data).status_code
            transaction.set_rollback(True)
    assert found == expected
    away = getattr(signed_in("anonymous"), method)(reverse(name, kwargs=known), data)
    assert away["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("who", [role.value for role in Role])
def test_operators_and_leads_make_networks(who: str, cast: Any, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in(who).post(reverse("network-new"), {"name": "Noord"})
    assert answer.status_code == (302 if who in (LEAD, OPERATOR) else 403)
    with scopes_disabled():
        made = Membership.objects.filter(network__name="Noord").values_list("role", flat=True)
        assert list(made) == ([who] if who in (LEAD, OPERATOR) else [])


def test_operator_of_a_network_gets_into_no_school(operated: Any) -> None:
    with scopes_disabled():
        Membership.objects.filter(person=operated.people["operator"], school=operated.school).delete()
    assert access.roles_of(operated.people["operator"], operated.school) == frozenset()
    assert not access.schools_of(operated.people["operator"]).exists()


def test_page_of_a_network_shows_schools_and_no_counts(operated: Any, signed_in: Any) -> None:
    page = signed_in("network-lead").get(reverse("network", args=[operated.network.pk])).content.decode()
    assert "De Linde" in page
    assert "Elsewhere" not in page
    assert codes.shown(operated.network.code) in page
    for_operator = signed_in("operator").get(reverse("network", args=[operated.network.pk])).content.decode()
    assert "De Linde" in for_operator
    assert codes.shown(operated.network.code) not in for_operator
    assert 'href="/school/de-linde/"' not in for_operator


def test_operator_invites_the_first_lead_and_no_other(cast: Any, fresh: Network, signed_in: Any) -> None:
    browser, path = signed_in("operator"), reverse("network-lead", args=[fresh.pk])
    assert browser.post(path, {"email": ""}).status_code == 200
    roles = frozenset({OPERATOR})
    made = [networks.invite_lead(network=fresh, roles=roles, today=TODAY).code for _ in range(2)]
    services.accept_invitation(code=made[0], person=cast.people["nobody-yet"], today=TODAY)
    assert networks.has_lead(fresh)
    assert browser.post(path, {"email": ""}).status_code == 403
    with pytest.raises(ValidationError, match="lead already"):
        networks.invite_lead(network=fresh, roles=roles, today=TODAY)
    with pytest.raises(ValidationError, match="does not work"):
        services.accept_invitation(code=made[1], person=cast.people["operator"], today=TODAY)


def test_invitation_of_a_lead_leads_to_the_network(cast: Any, fresh: Network) -> None:
    code = networks.invite_lead(network=fresh, roles=frozenset({OPERATOR}), today=TODAY).code
    client = Client()
    client.force_login(cast.people["nobody-yet"])
    assert "New" in client.get(f"/invitation/{code}/").content.decode()
    assert client.post(f"/invitation/{code}/")["Location"] == f"/network/{fresh.pk}/"
    assert client.get(f"/network/{fresh.pk}/").status_code == 200


def test_schools_come_in_once_somebody_leads(cast: Any, fresh: Network, signed_in: Any) -> None:
    path = reverse("network-school", args=[fresh.pk])
    refused = signed_in("operator").post(path, NEW)
    assert refused.status_code == 422
    assert "Nobody leads" in refused.content.decode()
    assert 'value="Zuid"' in refused.content.decode()
    alone = services.create_school(
        name="Alone", country="BE", language="nl", coordinator=cast.people["head-elsewhere"]
    )
    with pytest.raises(ValidationError, match="Nobody leads"):
        networks.join(school=alone, code=fresh.code)
    assert not School.objects.filter(network=fresh).exists()
    services.add_network_lead(network=fresh, person=cast.people["nobody-yet"])
    assert networks.join(school=alone, code=codes.shown(fresh.code).lower()) == fresh
    made = networks.add_school(network=fresh, facts=networks.NewSchool(**NEW), today=TODAY)
    assert [school.name for school in queries.schools_of(fresh)] == ["Alone", "Zuid"]
    assert made.invitation.role == Role.COORDINATOR


def test_school_decides_itself_to_join_and_to_leave(cast: Any, signed_in: Any) -> None:
    browser = signed_in("coordinator")
    lead = cast.people["network-lead"]
    assert access.may(lead, cast.school)
    browser.post("/school/de-linde/network/leave/")
    cast.school.refresh_from_db()
    assert not access.may(lead, cast.school)
    wrong = browser.post("/school/de-linde/network/join/", {"code": codes.new_code()})
    assert "No network has this code" in wrong.content.decode()
    browser.post("/school/de-linde/network/join/", {"code": codes.shown(cast.network.code)})
    cast.school.refresh_from_db()
    assert access.may(lead, cast.school)
    again = browser.post("/school/de-linde/network/join/", {"code": cast.network.code})
    assert "in a network already" in again.content.decode()


def test_last_lead_stays(cast: Any) -> None:
    held = queries.leads_of(cast.network)[0]
    with pytest.raises(ValidationError, match="at least one lead"):
        networks.remove_lead(network=cast.network, pk=held.pk)
    services.add_network_lead(network=cast.network, person=cast.people["nobody-yet"])
    networks.remove_lead(network=cast.network, pk=held.pk)
    assert [lead.person.name for lead in queries.leads_of(cast.network)] == ["nobody-yet"]


def test_lead_of_another_network_is_out_of_reach(cast: Any, operated: Any, signed_in: Any) -> None:
    far = queries.leads_of(Network.objects.get(name="Far away"))[0]
    services.add_network_lead(network=cast.network, person=cast.people["nobody-yet"])
    signed_in("network-lead").post(reverse("remove-lead", args=[cast.network.pk, far.pk]))
    assert queries.leads_of(Network.objects.get(name="Far away")) == [far]


def test_withdrawn_invitation_of_a_lead_does_not_work(cast: Any, signed_in: Any) -> None:
    made = networks.invite_lead(network=cast.network, roles=frozenset({LEAD}), today=TODAY)
    assert len(queries.invitations_of(cast.network, TODAY)) == 1
    signed_in("network-lead").post(reverse("withdraw-lead", args=[cast.network.pk, made.invitation.pk]))
    assert Client().get(f"/invitation/{made.code}/").status_code == 404
    with scopes_disabled():
        assert not Invitation.objects.exists()


def test_network_name_is_taken_once(cast: Any, signed_in: Any) -> None:
    answer = signed_in("network-lead").post(reverse("network-new"), {"name": "Together"})
    assert answer.status_code == 422
    assert "There is a network of this name" in answer.content.decode()


def test_home_of_a_lead_names_schools_and_networks(cast: Any, signed_in: Any) -> None:
    page = signed_in("network-lead").get("/home/").content.decode()
    assert "De Linde" in page
    assert f'href="/network/{cast.network.pk}/"' in page


def test_new_coordinator_arrives_at_the_new_school(cast: Any) -> None:
    made = networks.add_school(network=cast.network, facts=networks.NewSchool(**NEW), today=TODAY)
    services.accept_invitation(code=made.code, person=cast.people["nobody-yet"], today=TODAY)
    school = School.objects.get(name="Zuid")
    with scope(school=school):
        assert [member.role for member in queries.members()] == [Role.COORDINATOR]
    assert access.roles_of(cast.people["network-lead"], school) == {LEAD}
