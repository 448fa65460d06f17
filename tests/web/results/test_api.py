import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.exceptions import ValidationError
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from erbij.web.records.models import Act
from erbij.web.results import api_keys, openapi, queries
from erbij.web.results.models import ApiToken, ReleaseRecord
from erbij.web.schools.roles import Role
from erbij.web.upkeep import leaving

TODAY = dt.date.today()
ROLES = [role.value for role in Role]


@pytest.fixture(autouse=True)
def pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_keys, "PACE", api_keys.Pace(most=500))


@pytest.fixture
def key(cast: Any, record: ReleaseRecord) -> str:
    """A key of a school that shared its release."""
    with scope(school=cast.school):
        ReleaseRecord.objects.update(is_shared=True)
        return api_keys.make(
            school=cast.school, name="Sheet", expires=TODAY, maker=cast.people["coordinator"], today=TODAY
        )


def ask(key: str, path: str = "schools", method: str = "get") -> Any:
    return getattr(Client(), method)(f"/api/v1/{path}", headers={"Authorization": f"Bearer {key}"})


def places(record: ReleaseRecord) -> list[str]:
    at = f"schools/{record.school.slug}/waves"
    return ["schools", at, *(f"{at}/{record.wave.code}/{name}" for name in ("release", "cells", "codebook"))]


def test_key_reads_what_the_release_holds(key: str, record: ReleaseRecord) -> None:
    _schools, waves, release, cells, codebook = places(record)
    assert ask(key).json() == [{"school": "de-linde", "name": "De Linde", "country": "BE"}]
    assert [wave["wave"] for wave in ask(key, waves).json()] == [record.wave.code]
    assert ask(key, release).content.decode() == record.text
    assert ask(key, cells).json() == json.loads(record.text)["cells"]
    assert ask(key, codebook)["Content-Type"] == "application/xml"
    assert ask(key, cells)["Cache-Control"] == "no-store"
    assert not ask(key, cells).cookies


def test_what_is_not_shared_is_not_there(key: str, record: ReleaseRecord, cast: Any) -> None:
    with scope(school=cast.school):
        ReleaseRecord.objects.update(is_shared=False)
    assert ask(key, places(record)[1]).json() == []
    assert [ask(key, path).status_code for path in places(record)[2:]] == [404, 404, 404]


def test_key_opens_no_other_school(key: str, record: ReleaseRecord, cast: Any) -> None:
    for path in places(record)[1:]:
        elsewhere = ask(key, path.replace("de-linde", cast.other.slug))
        nowhere = ask(key, path.replace("de-linde", "no-such-school"))
        assert (elsewhere.status_code, elsewhere.content) == (404, nowhere.content)


@pytest.mark.parametrize("wrong", ["", "erbij_", "erbij_x", "x" * 5000, "erbij_\0", "erbij_é"])
def test_wrong_key_opens_nothing(wrong: str, key: str, record: ReleaseRecord) -> None:
    assert {ask(wrong, path).status_code for path in places(record)} == {401}


def test_key_ends_on_its_day_and_when_it_is_withdrawn(key: str, cast: Any) -> None:
    assert api_keys.token_of(f"Bearer {key}", TODAY) is not None
    assert api_keys.token_of(f"Bearer {key}", TODAY + dt.timedelta(days=1)) is None
    with scope(school=cast.school):
        api_keys.withdraw(token=ApiToken.objects.get())
        kinds = [act.kind for act in Act.objects.filter(thing__startswith="key:")]
    assert ask(key).status_code == 401
    assert kinds == [Act.Kind.TOKEN_WITHDRAWN, Act.Kind.TOKEN_MADE]


def test_only_reading_and_not_too_often(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {ask(key, method=method).status_code for method in ("post", "put", "delete")} == {405}
    now = [0.0]
    monkeypatch.setattr(api_keys, "PACE", api_keys.Pace(most=3, clock=lambda: now[0]))
    assert [ask(key).status_code for _ in range(4)] == [200, 200, 200, 429]
    now[0] = 1.5
    assert [ask(key).status_code for _ in range(2)] == [200, 429]
    assert ask(key)["Retry-After"] == "5"


def test_key_is_shown_once_and_kept_as_a_hash(cast: Any, signed_in: Any) -> None:
    client, address = signed_in("coordinator"), "/school/de-linde/keys/"
    answer = client.post(address, {"name": "Sheet", "expires": TODAY.isoformat()})
    key = answer.context["key"]
    assert key in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert key not in client.get(address).content.decode()
    with scope(school=cast.school):
        kept = ApiToken.objects.values_list().get()
    assert key not in str(kept)
    assert ask(key).status_code == 200


@pytest.mark.parametrize("days", [-1, 367])
def test_key_lasts_a_year_at_most(days: int, cast: Any, signed_in: Any) -> None:
    expires = (TODAY + dt.timedelta(days=days)).isoformat()
    answer = signed_in("coordinator").post("/school/de-linde/keys/", {"name": "x", "expires": expires})
    assert answer.status_code == 422
    with scope(school=cast.school):
        assert not ApiToken.objects.exists()


def test_school_has_so_many_keys_at_most(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_keys, "MOST", 1)
    facts: Any = {
        "school": cast.school,
        "maker": cast.people["coordinator"],
        "expires": TODAY,
        "today": TODAY,
    }
    with scope(school=cast.school):
        api_keys.make(name="one", **facts)
        with pytest.raises(ValidationError):
            api_keys.make(name="two", **facts)


@pytest.mark.parametrize("who", [*ROLES, "head-elsewhere", "lead-elsewhere", "nobody-yet", "anonymous"])
def test_only_the_coordinator_of_the_school_has_its_keys(
    who: str, key: str, cast: Any, signed_in: Any
) -> None:
    client = signed_in(who)
    with scope(school=cast.school):
        known = {"school": cast.school.slug, "pk": ApiToken.objects.get().pk}
    seen = client.get(reverse("tokens", kwargs={"school": cast.school.slug})).status_code
    gone = client.post(reverse("withdraw-token", kwargs=known)).status_code
    expected = {"coordinator": (200, 302), "anonymous": (302, 302)}
    stranger = who in ("head-elsewhere", "lead-elsewhere", "nobody-yet")
    assert (seen, gone) == expected.get(who, (404, 404) if stranger else (403, 403))


def test_school_that_leaves_takes_the_names_of_its_keys_along(key: str, cast: Any) -> None:
    told = json.loads(leaving.everything(cast.school)["school.json"])
    assert told["keys_of_programs"] == [{"name": "Sheet", "expires": TODAY.isoformat()}]
    assert key not in str(told)


def test_page_and_description_are_for_everyone(db: None, client: Client) -> None:
    page = client.get("/api/").content.decode()
    assert all(f"GET {path}" in page for path in openapi.document()["paths"])
    assert "<script" not in page.replace('<script src="/static', "")
    assert client.get("/api/v1/openapi.json").json() == openapi.document()


def test_answers_are_as_described(key: str, record: ReleaseRecord) -> None:
    for (_path, asked), place in zip(openapi.document()["paths"].items(), places(record), strict=True):
        kind, said = next(iter(asked["get"]["responses"]["200"]["content"].items()))
        answer = ask(key, place)
        assert answer["Content-Type"] == kind
        if kind == "application/json":
            jsonschema.validate(answer.json(), said["schema"])


@pytest.fixture
def kept_open() -> Iterator[None]:
    """As Django's own client does: the end of a request does not close the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def walk(key: str, examples: int) -> None:
    """Whatever is asked, each answer is one that the description names."""
    headers = {"Authorization": f"Bearer {key}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples,
            database=None,
            derandomize=True,
            deadline=None,
            suppress_health_check=[*HealthCheck],
        )
        @given(case=operation.as_strategy())
        def each(case: Any) -> None:
            answer = case.call(headers=headers)
            assert answer.status_code in (200, 401, 404, 429)
            case.validate_response(answer, checks=CHECKS)

        each()


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_few_made_up_questions(key: str, kept_open: None) -> None:
    walk(key, 3)


@pytest.mark.full
def test_many_made_up_questions(key: str, kept_open: None) -> None:
    walk(key, 500)


def test_releases_are_read_through_the_shared_ones_only(record: ReleaseRecord, cast: Any) -> None:
    with scope(school=cast.school):
        assert queries.releases_of(cast.school.pk, only_shared=True) == []
