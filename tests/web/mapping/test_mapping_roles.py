"""Every address of files of other tools, for every role and the people of another school."""

from typing import Any

import pytest
from django.urls import reverse

from erbij.web.mapping import urls
from erbij.web.schools.roles import MANAGERS, Role

ROLES = [role.value for role in Role]
# name of the address: method, who may, the answer for who may
ADDRESSES: dict[str, tuple[str, tuple[str, ...], int]] = {
    "mapping": ("get", MANAGERS, 200),
    "mapping-look": ("post", MANAGERS, 422),
    "mapping-report": ("post", MANAGERS, 422),
}


def test_every_address_of_files_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_role_gets_what_is_for_it(name: str, cast: Any, signed_in: Any) -> None:
    method, may, answer = ADDRESSES[name]
    address = reverse(name, args=[cast.school.slug])
    expected = {role: answer if role in may else 403 for role in ROLES}
    expected |= dict.fromkeys(["head-elsewhere", "lead-elsewhere", "nobody-yet"], 404)
    assert {who: getattr(signed_in(who), method)(address).status_code for who in expected} == expected
    to_sign_in = getattr(signed_in("anonymous"), method)(address)
    assert to_sign_in["Location"].startswith(reverse("account_login"))
    other = "post" if method == "get" else "get"
    assert getattr(signed_in("coordinator"), other)(address).status_code == 405
