"""Every address of the plan, for every role and the people of another school, before and after sharing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.plans import urls
from erbij.web.plans.models import Choice, Division, PlannedAction
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.roles import MANAGERS, READERS, Role
from tests.actions.conftest import cell, release
from tests.web.plans.conftest import GAP, LONG_AGO, TODAY, showing

ROLES = [role.value for role in Role]
SEE = tuple(role for role in ROLES if role != Role.OPERATOR)
FORM = {"owner": "OWNER", "places": "class|3A", "assigned": "by-need", "starts_on": str(TODAY)}
FOLLOW = (*MANAGERS, Role.TEACHER)
"""Who plans, and the owner."""
# name of the address: method, who may before sharing, who may after it, what is sent, the answer for who may
ADDRESSES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], dict[str, str], int]] = {
    "choices": ("get", SEE, SEE, {}, 200),
    "decision": ("get", READERS, SEE, {}, 200),
    "decision-choose": ("post", MANAGERS, MANAGERS, {"kind": "act", "seen": "CHOICE"}, 302),
    "action-plan": ("post", MANAGERS, MANAGERS, FORM, 302),
    "budget": ("get", READERS, READERS, {}, 200),
    "division": ("get", READERS, READERS, {}, 200),
    "actions": ("get", SEE, SEE, {}, 200),
    "my-calendar": ("get", SEE, SEE, {}, 200),
    "plan-sheet": ("get", READERS, READERS, {}, 200),
    "plan-letters": ("post", SEE, SEE, {"no": ""}, 302),
    "action-calendar": ("get", (*READERS, Role.TEACHER), SEE, {}, 200),
    "action": ("get", (*READERS, Role.TEACHER), SEE, {}, 200),
    "action-change": ("post", MANAGERS, MANAGERS, FORM, 302),
    "action-lots": ("get", MANAGERS, MANAGERS, {}, 200),
    "action-status": ("post", FOLLOW, FOLLOW, {"status": "running"}, 302),
    "look-back": ("get", SEE, SEE, {}, 200),
    "class-names": ("post", MANAGERS, MANAGERS, {}, 302),
    "action-note": ("post", FOLLOW, FOLLOW, {"did": "Rang the office."}, 302),
}
AFTER = {name for name, (_method, before, after, *_more) in ADDRESSES.items() if before != after}
"""Where sharing changes who may."""
CASES = [(name, False) for name in ADDRESSES] + [(name, True) for name in ADDRESSES if name in AFTER]
HIDDEN = {"decision", "action", "action-calendar"}
"""Not there, and not forbidden, for who may read it after sharing."""
ONLY_FOLLOWERS = {"action-status", "action-note"}


@pytest.fixture
def record(keep: Any, choose: Any, plan: Any) -> ReleaseRecord:
    keep(
        release(cell("mean", 60.0, at=("class", "3/3A"))), on=LONG_AGO - dt.timedelta(days=99), is_shared=True
    )
    kept: ReleaseRecord = keep(showing(cell("mean", 60.0, at=("class", "3/3B"))))
    choose(kept)
    plan()
    with scope(school=kept.school):
        told: dict[str, list[str]] = {"sentences": [], "outcomes": [], "places": []}
        pk = PlannedAction.objects.get().pk
        Division.objects.create(school=kept.school, pk=pk, on=TODAY, results=told)
    return kept


@pytest.fixture
def ask(cast: Any, record: ReleaseRecord, signed_in: Callable[[str], Client]) -> Callable[[str, str], Any]:
    def send(who: str, name: str) -> Any:
        method, _before, _after, data, _answer = ADDRESSES[name]
        with scope(school=cast.school):
            row = PlannedAction.objects.get()
            earlier, later = ReleaseRecord.objects.order_by("closed_on").values_list("wave__code", flat=True)
        known = {
            "school": cast.school.slug,
            "signal": GAP,
            "pk": row.pk,
            "name": "home-languages-at-the-door",
            "earlier": earlier,
            "later": later,
        }
        wanted = {"school", *WANTED[name]}
        filled = {key: _filled(cast, value) for key, value in data.items()}
        address = reverse(name, kwargs={key: value for key, value in known.items() if key in wanted})
        return getattr(signed_in(who), method)(address, filled)

    return send


WANTED = {pattern.name: set(pattern.pattern.regex.groupindex) for pattern in urls.of_a_school}


def _filled(cast: Any, value: str) -> object:
    with scope(school=cast.school):
        known = {"OWNER": cast.people["teacher"].pk, "CHOICE": Choice.objects.latest("pk").pk}
    return known.get(value, value)


def test_every_address_of_the_plan_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize(("name", "is_shared"), CASES)
def test_each_role_gets_what_is_for_it(name: str, is_shared: bool, record: ReleaseRecord, ask: Any) -> None:
    _method, before, after, _data, answer = ADDRESSES[name]
    with scope(school=record.school):
        ReleaseRecord.objects.update(is_shared=is_shared)
    may = after if is_shared else before
    expected = {role: answer if role in may else _refusal(name, role, is_shared) for role in ROLES}
    expected |= dict.fromkeys(["head-elsewhere", "lead-elsewhere", "nobody-yet"], 404)
    assert {who: apart(ask, who, name) for who in expected} == expected
    assert ask("anonymous", name)["Location"].startswith(reverse("account_login"))


def _refusal(name: str, role: str, is_shared: bool) -> int:
    """Not there where it is not shared yet; else forbidden."""
    unseen = role in SEE and role not in (*READERS, Role.TEACHER) and not is_shared
    if name == "decision":
        return 404 if role in SEE else 403
    return 404 if unseen and name in HIDDEN | ONLY_FOLLOWERS else 403


def apart(ask: Any, who: str, name: str) -> int:
    """The answer to one visitor, undone before the next one comes."""
    with transaction.atomic():
        status: int = ask(who, name).status_code
        transaction.set_rollback(True)
    return status


def test_nothing_of_another_school_is_reached(cast: Any, record: ReleaseRecord, signed_in: Any) -> None:
    with scope(school=cast.school):
        row = PlannedAction.objects.get()
    head = signed_in("head-elsewhere")
    for name, kwargs in (
        ("action", {"pk": row.pk}),
        ("action-change", {"pk": row.pk}),
        ("decision", {"signal": GAP}),
    ):
        assert head.get(reverse(name, kwargs={"school": cast.other.slug, **kwargs})).status_code == 404
    note = reverse("action-note", kwargs={"school": cast.other.slug, "pk": row.pk})
    assert head.post(note, {"did": "mine"}).status_code == 404
    page = head.get(reverse("choices", kwargs={"school": cast.other.slug})).content.decode()
    assert "language" not in page.split("<main")[1].split("</main")[0]
