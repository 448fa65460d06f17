"""An operator is let in for a while: to the set-up, never to results, and never for longer."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from erbij.web import who_may
from erbij.web.records import acting
from erbij.web.records import queries as records
from erbij.web.records.models import Act, Erasure
from erbij.web.schools import admissions, networks, queries, services
from erbij.web.schools.admissions import Wanted
from erbij.web.schools.models import Admission, Membership
from erbij.web.schools.roles import LET_IN, Role
from erbij.web.upkeep import keeping

FILLED = {"int": 1, "slug": "x", "str": "x", "uuid": "00000000-0000-4000-8000-000000000000"}
SET_UP = {
    "school-settings", "classes", "add-grade", "change-grade", "move-grade", "remove-grade", "add-class",
    "paste-classes", "upload-classes", "save-classes", "change-class", "remove-class",
}  # fmt: skip


@pytest.fixture
def let_in(cast: Any) -> Any:
    """Let the operator of the school, or somebody else, in."""

    def give(who: str = Role.OPERATOR, *, hours: int = 1, ago: float = 0.0) -> Admission:
        wanted = Wanted(cast.people[who], hours, "The classes do not load")
        with scope(school=cast.school), acting.by(cast.people["coordinator"]):
            now = timezone.now() - dt.timedelta(hours=ago)
            return admissions.let_in(school=cast.school, wanted=wanted, now=now)

    return give


def asked(client: Client, address: who_may.Guarded, cast: Any, school: Any = None) -> int:
    kinds = [part.split(">")[0].rpartition(":") for part in address.path.split("<")[1:]]
    known = {"school": (school or cast.school).slug}
    where = reverse(
        address.name, kwargs={key: known.get(key, FILLED[kind or "str"]) for kind, _, key in kinds}
    )
    answer = client.get(where)
    status: int = (client.post(where) if answer.status_code == 405 else answer).status_code
    return status


def opened(client: Client, cast: Any, school: Any = None) -> set[str]:
    """The names of addresses of a school that open for somebody."""
    of_school = [each for each in who_may.addresses() if "school" in each.keys]
    return {each.name for each in of_school if asked(client, each, cast, school) not in (403, 404)}


def looked(cast: Any) -> list[str]:
    with scope(school=cast.school):
        return [act.thing for act in records.acts() if act.kind == Act.Kind.OPERATOR_LOOKED]


def add_to_network(cast: Any) -> None:
    services.add_to_network(network=cast.network, person=cast.people["nobody-yet"], role=Role.OPERATOR)


def test_operator_who_is_let_in_opens_the_set_up_and_nothing_else(
    cast: Any, signed_in: Any, let_in: Any
) -> None:
    guards = {each.name for each in who_may.addresses() if each.roles and LET_IN in each.roles}
    assert guards == SET_UP
    client = signed_in(Role.OPERATOR)
    let_in()
    # Of what needs a grade or class of that number there is none: 404, past the guard.
    needs_one = {name for name in SET_UP if name.startswith(("change-", "move-", "remove-"))}
    assert opened(client, cast) - needs_one == {"school", *(SET_UP - needs_one)}


@pytest.mark.parametrize(
    "name", ["results", "waves", "people", "records", "help", "tokens", "ideas", "scans"]
)
def test_results_people_and_pupils_are_refused(name: str, cast: Any, signed_in: Any, let_in: Any) -> None:
    let_in()
    answer = signed_in(Role.OPERATOR).get(reverse(name, kwargs={"school": cast.school.slug}))
    assert answer.status_code == 403


def test_it_ends_by_itself(cast: Any, signed_in: Any, let_in: Any) -> None:
    client, address = signed_in(Role.OPERATOR), reverse("classes", kwargs={"school": cast.school.slug})
    let_in(hours=4, ago=3.99)
    assert client.get(address).status_code == 200
    let_in(hours=4, ago=4.01)
    assert client.get(address).status_code == 403
    assert client.post(reverse("add-grade", kwargs={"school": cast.school.slug})).status_code == 403


def test_it_opens_no_other_school(cast: Any, signed_in: Any, let_in: Any) -> None:
    let_in()
    assert opened(signed_in(Role.OPERATOR), cast, cast.other) == set()


def test_it_opens_nothing_for_anybody_else(cast: Any, signed_in: Any, let_in: Any) -> None:
    let_in()
    address = reverse("classes", kwargs={"school": cast.school.slug})
    assert signed_in(Role.TEACHER).get(address).status_code == 403
    assert signed_in("head-elsewhere").get(address).status_code == 404


def test_every_page_and_every_change_is_in_the_records(cast: Any, signed_in: Any, let_in: Any) -> None:
    let_in()
    client, there = signed_in(Role.OPERATOR), {"school": cast.school.slug}
    client.get(reverse("classes", kwargs=there))
    client.post(reverse("school-settings", kwargs=there), {"name": "L", "country": "BE", "language": "nl"})
    assert looked(cast) == ["page:change", "page:classes"]
    with scope(school=cast.school):
        act = records.acts().filter(kind=Act.Kind.SCHOOL_CHANGED)[0]
    assert act.person == cast.people[Role.OPERATOR].pk


def test_operator_with_another_role_is_seen_where_only_this_opens(
    cast: Any, signed_in: Any, let_in: Any
) -> None:
    with scope(school=cast.school):
        services.add_member(school=cast.school, person=cast.people[Role.OPERATOR], role=Role.TEAM_MEMBER)
    let_in()
    client, there = signed_in(Role.OPERATOR), {"school": cast.school.slug}
    for name in ("school", "classes", "results"):
        client.get(reverse(name, kwargs=there))
    assert looked(cast) == []
    client.get(reverse("school-settings", kwargs=there))
    assert looked(cast) == ["page:change"]


def test_records_tell_who_let_whom_in_and_not_why(cast: Any, let_in: Any) -> None:
    given = let_in(hours=24)
    with scope(school=cast.school), acting.by(cast.people["coordinator"]):
        admissions.shut_out(school=cast.school, pk=given.pk)
        ended, begun = records.acts()[:2]
        written = records.as_csv()
    operator = cast.people[Role.OPERATOR].pk
    assert (begun.kind, begun.thing) == ("operator-let-in", f"operator:{operator} hours:24")
    assert (ended.kind, ended.thing) == ("operator-shut-out", f"operator:{operator}")
    assert begun.who == ended.who == "coordinator"
    assert "classes do not load" not in written


def test_coordinator_lets_in_sees_it_on_the_home_page_and_ends_it(cast: Any, signed_in: Any) -> None:
    team = coordinator, operator, _ = [signed_in(who) for who in ("coordinator", Role.OPERATOR, Role.TEACHER)]
    there = {"school": cast.school.slug}
    home, classes = reverse("school", kwargs=there), reverse("classes", kwargs=there)
    filled = {"operator": cast.people[Role.OPERATOR].pk, "hours": "4", "reason": "Help <b>us</b>"}
    assert coordinator.post(reverse("let-in", kwargs=there), filled).status_code == 302
    shown = "Help &lt;b&gt;us&lt;/b&gt;"
    assert "<strong>operator</strong>" in coordinator.get(home).content.decode()
    assert [shown in client.get(home).content.decode() for client in team] == [True] * 3
    assert f'href="{classes}"' in operator.get(home).content.decode()
    assert operator.get(classes).status_code == 200
    with scope(school=cast.school):
        (given,) = queries.admissions(timezone.now())
    coordinator.post(reverse("shut-out", kwargs=there | {"pk": given.pk}))
    assert operator.get(classes).status_code == 403
    assert [shown in client.get(home).content.decode() for client in team] == [False] * 3


@pytest.mark.parametrize(
    "wrong",
    [{"hours": "2"}, {"hours": "1000"}, {"reason": " "}, {"reason": "x" * 201}, {"operator": "TEACHER"}],
)
def test_other_times_no_reason_and_other_people_are_refused(
    wrong: dict[str, str], cast: Any, signed_in: Any
) -> None:
    filled = {"operator": str(cast.people[Role.OPERATOR].pk), "hours": "4", "reason": "Help"} | wrong
    if filled["operator"] == "TEACHER":
        filled["operator"] = str(cast.people[Role.TEACHER].pk)
    answer = signed_in("coordinator").post(reverse("let-in", kwargs={"school": cast.school.slug}), filled)
    assert answer.status_code == 422
    with scope(school=cast.school):
        assert not Admission.objects.exists()


def test_service_refuses_them_too(let_in: Any) -> None:
    with pytest.raises(ValidationError):
        let_in(Role.TEACHER)
    with pytest.raises(ValidationError):
        let_in(hours=25)


def test_again_takes_the_place_of_what_was_given(cast: Any, let_in: Any) -> None:
    let_in(hours=24)
    let_in(hours=1)
    with scope(school=cast.school):
        (given,) = queries.admissions(timezone.now())
    assert given.ends - timezone.now() <= dt.timedelta(hours=1)


def test_coordinator_elsewhere_ends_nothing_here(cast: Any, signed_in: Any, let_in: Any) -> None:
    given = let_in()
    address = reverse("shut-out", kwargs={"school": cast.other.slug, "pk": given.pk})
    assert signed_in("head-elsewhere").post(address).status_code == 302
    with scope(school=cast.school):
        assert queries.admissions(timezone.now()) == [given]


def test_operator_of_the_network_comes_in_and_is_out_after(cast: Any, signed_in: Any, let_in: Any) -> None:
    add_to_network(cast)
    client, home = signed_in("nobody-yet"), reverse("school", kwargs={"school": cast.school.slug})
    assert client.get(home).status_code == 404
    given = let_in("nobody-yet")
    assert client.get(home).status_code == 200
    assert home in client.get("/home/").content.decode()
    there = {"school": cast.school.slug}
    answers = [client.get(reverse(name, kwargs=there)).status_code for name in ("classes", "results")]
    assert answers == [200, 403]
    assert looked(cast) == ["page:classes", "page:school"]
    given.ends = timezone.now()
    given.save()
    assert client.get(home).status_code == 404
    assert home not in client.get("/home/").content.decode()


def test_teacher_who_looks_after_the_network_is_let_in_as_that(
    cast: Any, signed_in: Any, let_in: Any
) -> None:
    services.add_to_network(network=cast.network, person=cast.people["teacher"], role=Role.OPERATOR)
    client, address = signed_in("teacher"), reverse("classes", kwargs={"school": cast.school.slug})
    assert client.get(address).status_code == 403
    let_in("teacher")
    assert client.get(address).status_code == 200
    assert looked(cast) == ["page:classes"]


def test_it_ends_with_the_role_and_with_the_network(cast: Any, signed_in: Any, let_in: Any) -> None:
    add_to_network(cast)
    let_in("nobody-yet")
    let_in()
    with scope(school=cast.school):
        networks.leave(school=cast.school)
        Membership.objects.filter(person=cast.people[Role.OPERATOR]).delete()
    for who in ("nobody-yet", Role.OPERATOR):
        answer = signed_in(who).get(reverse("classes", kwargs={"school": cast.school.slug}))
        assert answer.status_code == 404
    with scope(school=cast.school):
        assert queries.admissions(timezone.now()) == []


def test_what_has_ended_goes_at_night(cast: Any, let_in: Any) -> None:
    given = let_in(ago=2)
    keeping.let_go(timezone.now())
    with scope(school=cast.school):
        assert not Admission.objects.filter(pk=given.pk).exists()
    assert Erasure.objects.filter(what="access of an operator", count=1).exists()
