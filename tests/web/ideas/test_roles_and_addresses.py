"""Every address of the team about ideas, for every role and for the people of another school."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.ideas import queries, services, urls
from erbij.web.ideas.models import Round
from erbij.web.ideas.views.rounds import GUIDES
from erbij.web.schools.roles import MANAGERS, Role
from tests.web.ideas.conftest import make_page, make_round

ROLES = [role.value for role in Role]
STRANGERS = ["head-elsewhere", "lead-elsewhere", "nobody-yet"]
# name of the address: who may, method, what is sent, and the answer for who may
ADDRESSES: dict[str, tuple[tuple[str, ...], str, dict[str, Any], int]] = {
    "ideas": (GUIDES, "get", {}, 200),
    "idea-round-new": (MANAGERS, "get", {}, 200),
    "idea-round": (GUIDES, "get", {}, 200),
    "idea-board-open": (GUIDES, "post", {}, 302),
    "idea-board-close": (GUIDES, "post", {}, 302),
    "idea-move": (MANAGERS, "post", {"step": "answer"}, 302),
    "idea-tell": (MANAGERS, "post", {"tell": ""}, 302),
    "idea-sort": (MANAGERS, "post", {"act": "help"}, 302),
    "idea-answer": (MANAGERS, "post", {"verdict": "yes", "why": "x"}, 302),
    "idea-helped": (MANAGERS, "post", {}, 302),
}


@pytest.fixture
def ask(asked: Round, propose: Any, signed_in: Callable[[str], Client]) -> Callable[[str, str], int]:
    propose(asked, "bank")
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
        asked.refresh_from_db()
        [idea] = queries.ideas_of(asked)

    def send(who: str, name: str) -> int:
        _may, method, data, _answer = ADDRESSES[name]
        known: dict[str, object] = {"school": asked.school.slug}
        if name not in ("ideas", "idea-round-new"):
            known["code"] = asked.code
        if name in ("idea-sort", "idea-answer", "idea-helped"):
            known["pk"] = idea.pk
        with transaction.atomic():
            status: int = getattr(signed_in(who), method)(reverse(name, kwargs=known), data).status_code
            transaction.set_rollback(True)
        return status

    return send


def test_every_address_of_ideas_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_everyone_gets_what_is_their_own_and_no_more(name: str, ask: Any) -> None:
    may, _method, _data, answer = ADDRESSES[name]
    expected = {role: answer if role in may else 403 for role in ROLES} | dict.fromkeys(STRANGERS, 404)
    assert {who: ask(who, name) for who in expected} == expected
    assert ask("anonymous", name) == 302


def test_round_and_idea_of_another_school_are_not_there(
    cast: Any, asked: Round, text: str, propose: Any, signed_in: Any
) -> None:
    """Also for who is coordinator there: neither in an own address nor in that of the other."""
    far = make_round(make_page(cast.other, text))
    with scope(school=cast.other):
        services.put_on_board(asked=far)
    propose(far, "een bank")
    with scope(school=cast.other):
        services.stop_proposing(asked=far)
        far.refresh_from_db()
        [idea] = queries.ideas_of(far)
    client = signed_in("coordinator")
    for slug in (cast.school.slug, cast.other.slug):
        assert client.get(reverse("idea-round", args=[slug, far.code])).status_code == 404
        assert client.post(reverse("idea-move", args=[slug, far.code]), {"step": "answer"}).status_code == 404
    mixed = reverse("idea-sort", args=[cast.school.slug, asked.code, idea.pk])
    assert client.post(mixed, {"act": "help"}).status_code == 404
    with scope(school=cast.other):
        idea.refresh_from_db()
    assert idea.state == "new"


def test_guides_put_a_word_on_the_board_and_read_no_idea(asked: Round, read: Any, signed_in: Any) -> None:
    read(asked, {"bench": 300})
    address = reverse("idea-round", args=[asked.school.slug, asked.code])
    assert "words of bench" in signed_in("coordinator").get(address).content.decode()
    for role in set(GUIDES) - set(MANAGERS):
        page = signed_in(role).get(address).content.decode()
        assert "bench" not in page, role
