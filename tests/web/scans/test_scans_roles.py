"""Every address of school scans, for every role and the people of another school."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from erbij.web.scans import urls
from erbij.web.schools.roles import READERS, Role

ROLES = [role.value for role in Role]
SEE = tuple(role for role in ROLES if role != Role.OPERATOR)
# name of the address: method, who may, the answer for who may
ADDRESSES: dict[str, tuple[str, tuple[str, ...], int]] = {
    "scans": ("get", SEE, 200),
    "scan-start": ("post", READERS, 302),
    "scan-paper": ("get", SEE, 200),
    "scan": ("get", READERS, 200),
    "scan-finish": ("post", READERS, 302),
    "scan-result": ("get", SEE, 200),
}


def _address(cast: Any, name: str, pk: int) -> str:
    known: dict[str, Any] = {
        "scan-start": {"opportunity": "teams"},
        "scan-paper": {"opportunity": "teams"},
    }
    one = {} if name == "scans" else known.get(name, {"pk": pk})
    return reverse(name, kwargs={"school": cast.school.slug, **one})


def test_every_address_of_scans_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_role_gets_what_is_for_it(name: str, cast: Any, start: Any, signed_in: Any) -> None:
    method, may, answer = ADDRESSES[name]
    scan = start(finished=name == "scan-result")
    address = _address(cast, name, scan.pk)
    expected = {role: answer if role in may else 403 for role in ROLES}
    expected |= dict.fromkeys(["head-elsewhere", "lead-elsewhere", "nobody-yet"], 404)
    assert {who: _apart(signed_in(who), method, address) for who in expected} == expected
    to_sign_in = getattr(signed_in("anonymous"), method)(address)
    assert to_sign_in["Location"].startswith(reverse("account_login"))


def _apart(client: Any, method: str, address: str) -> int:
    with transaction.atomic():
        status: int = getattr(client, method)(address).status_code
        transaction.set_rollback(True)
    return status


def test_scan_of_another_school_is_not_there(cast: Any, start: Any, signed_in: Any) -> None:
    scan, head = start(), signed_in("head-elsewhere")
    for name, method in (("scan", "get"), ("scan", "post"), ("scan-finish", "post"), ("scan-result", "get")):
        address = reverse(name, args=[cast.other.slug, scan.pk])
        assert getattr(head, method)(address).status_code == 404


def test_what_is_not_finished_is_read_by_the_team_only(cast: Any, start: Any, signed_in: Any) -> None:
    address = reverse("scan-result", args=[cast.school.slug, start().pk])
    assert signed_in("teacher").get(address).status_code == 404
    assert signed_in("team-member").get(address).status_code == 200


def test_no_such_opportunity_is_not_there(cast: Any, signed_in: Any) -> None:
    address = reverse("scan-paper", args=[cast.school.slug, "weather"])
    assert signed_in("coordinator").get(address).status_code == 404
