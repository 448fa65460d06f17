import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from erbij.web.schools.models import Membership
from erbij.web.surveys import asking, queries, sealing
from erbij.web.surveys.models import Ballot, ClassSession, HelpAdult, Wave

BALLOT = "5f0a1c52-5f0e-4d5e-9d0a-6a1e5b3f9c11"
CANARY = "canary-7d1"


@pytest.fixture
def asked(cast: Any) -> SimpleNamespace:
    """A class that is being asked three questions in two languages, with one adult who said yes."""
    public, private = sealing.new_key_pair()
    with scope(school=cast.school):
        wave = Wave.objects.create(
            school=cast.school,
            title="Autumn",
            instrument_id="erbij-pupils-10-12",
            languages=["fr", "ar"],
            items_on=["gender", "belongs-here", "accepted-by-peers"],
            state=Wave.State.OPEN,
            public_key=public,
        )
        session = ClassSession.objects.create(wave=wave, school_class=cast.school_class, word="maan-boot")
        members = Membership.objects.filter(school=cast.school).order_by("pk")
        for member, said_yes in zip(members[:2], (True, False), strict=True):
            HelpAdult.objects.create(wave=wave, membership=member, is_confirmed=said_yes)
    return SimpleNamespace(wave=wave, session=session, private=private, cast=cast, helper=members[0])


def counted(asked: SimpleNamespace) -> dict[str, int]:
    with scope(school=asked.cast.school):
        return dict(queries.counts_of(asked.wave))


def test_word_leads_to_what_is_asked(asked: SimpleNamespace) -> None:
    found = asking.by_word(" Maan Boot ")
    assert found is not None
    assert found.languages == ("fr", "ar")
    assert found.class_code == asked.cast.school_class.code
    assert found.helpers == (asked.helper.person.name,)
    assert found.country == "BE"


@pytest.mark.parametrize("state", [Wave.State.DRAFT, Wave.State.CLOSING, Wave.State.CLOSED])
def test_word_of_a_wave_that_is_not_open_leads_nowhere(asked: SimpleNamespace, state: str) -> None:
    with scope(school=asked.cast.school):
        Wave.objects.filter(pk=asked.wave.pk).update(state=state)
    assert asking.by_word("maan-boot") is None


def test_form_reaches_the_box_and_counts_for_its_class(asked: SimpleNamespace) -> None:
    form = {"_ballot": BALLOT, "_language": "ar", "belongs-here": "4", CANARY: CANARY}
    for _ in range(2):
        assert Client().post("/c/maan-boot/", form).status_code == 303
    (kept,) = Ballot.objects.all()
    opened = sealing.unseal(kept.sealed, asked.private, wave=kept.wave, ballot=str(kept.pk))
    assert opened["answers"] == {"belongs-here": 4}
    assert CANARY not in str(opened)
    assert counted(asked) == {asked.cast.school_class.code: 1}


def test_ballot_over_the_wire_is_stored_once(asked: SimpleNamespace) -> None:
    sealed = sealing.seal({"v": 1}, asked.wave.public_key, wave=asked.wave.code, ballot=BALLOT)
    body = {"id": BALLOT, "wave": asked.wave.code, "sealed": sealed}
    replies = [Client().post("/ballots/", body, content_type="application/json") for _ in range(2)]
    assert [(reply.status_code, reply.json()) for reply in replies] == [(200, {"stored": True})] * 2
    assert Ballot.objects.count() == 1
    assert sum(counted(asked).values()) == 1


def test_handed_in_form_does_not_come_back(asked: SimpleNamespace) -> None:
    form = {"_ballot": BALLOT, "belongs-here": "4"}
    Client().post("/c/maan-boot/", form)
    reply = Client().post("/c/maan-boot/", form | {"_show": "fr"})
    assert reply.status_code == 303


def test_form_of_a_class_that_was_closed_still_counts(asked: SimpleNamespace) -> None:
    page = Client().get("/c/maan-boot/").content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    with scope(school=asked.cast.school):
        asked.session.delete()  # as services.close_session does
    assert Client().get("/c/maan-boot/").status_code == 404
    assert Client().post("/c/maan-boot/", hidden | {"_class": "another"}).status_code == 404
    assert Client().post("/c/maan-boot/", hidden | {"gender": "2"}).status_code == 303
    (kept,) = Ballot.objects.all()
    opened = sealing.unseal(kept.sealed, asked.private, wave=kept.wave, ballot=str(kept.pk))
    assert opened["answers"] == {"gender": 2}


def test_closed_wave_takes_nothing_more(asked: SimpleNamespace) -> None:
    sealed = sealing.seal({"v": 1}, asked.wave.public_key, wave=asked.wave.code, ballot=BALLOT)
    with scope(school=asked.cast.school):
        Wave.objects.filter(pk=asked.wave.pk).update(state=Wave.State.CLOSED)
    body = {"id": BALLOT, "wave": asked.wave.code, "sealed": sealed}
    reply = Client().post("/ballots/", body, content_type="application/json")
    assert (reply.status_code, reply.json()["error"]) == (409, "wave-not-open")
    form = {"_ballot": BALLOT, "_wave": asked.wave.code, "_class": asked.cast.school_class.code}
    assert Client().post("/c/maan-boot/", form).status_code == 404
    assert Ballot.objects.count() == 0
