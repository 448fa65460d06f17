from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.results import urls
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.roles import MANAGERS, READERS, Role
from erbij.web.surveys import mixing

ROLES = [role.value for role in Role]
ALL_BUT_OPERATOR = [role for role in ROLES if role != Role.OPERATOR]
# name of the address: method, who may before sharing, who may after it, and the answer for who may
ADDRESSES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], int]] = {
    "results": ("get", tuple(ALL_BUT_OPERATOR), tuple(ALL_BUT_OPERATOR), 200),
    "bridge": ("get", READERS, READERS, 200),
    "guide": ("get", tuple(ALL_BUT_OPERATOR), tuple(ALL_BUT_OPERATOR), 200),
    "terms": ("get", tuple(ALL_BUT_OPERATOR), tuple(ALL_BUT_OPERATOR), 200),
    "result": ("get", READERS, tuple(ALL_BUT_OPERATOR), 200),
    "result-why": ("get", READERS, tuple(ALL_BUT_OPERATOR), 200),
    "result-page": ("get", READERS, tuple(ALL_BUT_OPERATOR), 200),
    "result-note": ("post", READERS, READERS, 422),
    "result-file": ("get", READERS, tuple(ALL_BUT_OPERATOR), 200),
    "tell-back": ("get", READERS, tuple(ALL_BUT_OPERATOR), 200),
    "result-summary": ("get", READERS, tuple(ALL_BUT_OPERATOR), 200),
    "pupils-draft": ("get", MANAGERS, MANAGERS, 200),
    "pupils-withdraw": ("post", MANAGERS, MANAGERS, 302),
    "result-slides": ("get", READERS, READERS, 400),  # without saying which
    "result-share": ("post", MANAGERS, MANAGERS, 302),
    "result-tidy": ("post", MANAGERS, MANAGERS, 302),
    "wave-close": ("get", MANAGERS, MANAGERS, 302),
    "tokens": ("get", (Role.COORDINATOR,), (Role.COORDINATOR,), 200),
    "withdraw-token": ("post", (Role.COORDINATOR,), (Role.COORDINATOR,), 404),  # there is none yet
}


def known(name: str, record: ReleaseRecord) -> str:
    kwargs = {"school": record.school.slug}
    if name == "withdraw-token":
        return reverse(name, kwargs=kwargs | {"pk": 1})
    if name not in ("results", "bridge", "guide", "terms", "tokens"):
        kwargs["code"] = record.wave.code
    if name in ("result-page", "result-note"):
        kwargs["page"] = "groups"
    if name == "result-file":
        kwargs["name"] = "cells.csv"
    if name == "result-summary":
        kwargs["language"] = "ar"
    return reverse(name, kwargs=kwargs)


def test_every_address_of_results_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("name", ADDRESSES)
def test_each_role_reads_what_is_for_it(
    name: str, is_shared: bool, record: ReleaseRecord, signed_in: Callable[[str], Client]
) -> None:
    method, before, after, answer = ADDRESSES[name]
    with scope(school=record.school):
        ReleaseRecord.objects.update(is_shared=is_shared)
    may, later = (after if is_shared else before), set(after) - set(before)
    expected = {role: answer if role in may else 404 if role in later else 403 for role in ROLES}
    expected |= dict.fromkeys(["head-elsewhere", "lead-elsewhere", "nobody-yet"], 404)
    found = {}
    for who in expected:
        with transaction.atomic():
            found[who] = getattr(signed_in(who), method)(known(name, record)).status_code
            transaction.set_rollback(True)
    assert found == expected
    away = getattr(signed_in("anonymous"), method)(known(name, record))
    assert away["Location"].startswith(reverse("account_login"))


def test_coordinator_shares_and_takes_back(record: ReleaseRecord, signed_in: Any) -> None:
    coordinator, teacher = signed_in("coordinator"), signed_in("teacher")
    home = reverse("school", args=[record.school.slug])
    assert "No results have been shared" in teacher.get(known("results", record)).content.decode()
    assert "are there" not in teacher.get(home).content.decode()
    coordinator.post(known("result-share", record), {"yes": ""})
    assert "Autumn" in teacher.get(known("results", record)).content.decode()
    assert "The results of “Autumn” are there." in teacher.get(home).content.decode()
    mine, theirs = (browser.get(known("result-file", record)).content for browser in (coordinator, teacher))
    assert mine == theirs
    coordinator.post(known("result-share", record), {"no": ""})
    assert teacher.get(known("result", record)).status_code == 404


def test_report_says_how_many_could_not_be_read(record: ReleaseRecord, signed_in: Any, text: str) -> None:
    page = signed_in("coordinator").get(known("result", record) + "answered/").content.decode()
    assert "could not be read" in page
    assert '"what":"undecodable"' in text.replace(" ", "").replace("\n", "")


def test_untidy_wave_offers_another_try(
    record: ReleaseRecord, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, member, path = signed_in("coordinator"), signed_in("team-member"), known("result", record)
    assert "Tidy up again" not in coordinator.get(path).content.decode()
    mixing.note_due(record.wave)
    assert "Tidy up again" in coordinator.get(path).content.decode()
    assert "Tidy up again" not in member.get(path).content.decode()
    wave = reverse("wave", args=[record.school.slug, record.wave.code])
    assert "One thing is left to do" in coordinator.get(wave).content.decode()
    tries = iter([OperationalError("locked"), None])

    def second_time() -> None:
        if (problem := next(tries)) is not None:
            raise problem

    monkeypatch.setattr(mixing, "mix", second_time)
    busy = coordinator.post(known("result-tidy", record), follow=True).content.decode()
    assert ("The database is busy" in busy, "Tidy up again" in busy) == (True, True)
    done = coordinator.post(known("result-tidy", record), follow=True).content.decode()
    assert ("Tidied up" in done, "Tidy up again" in done) == (True, False)
