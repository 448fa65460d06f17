import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django_scopes import scope

from erbij.web.accounts.models import Person
from erbij.web.help import boxes, letters
from erbij.web.schools.models import Membership
from erbij.web.schools.roles import Role
from erbij.web.surveys import sealing
from erbij.web.surveys.models import ClassSession, HelpAdult, Wave

WORD = "maan-boot"
CANARY = "canary-7d1f"


@pytest.fixture
def asked(cast: Any) -> Any:
    """A class that is being asked: Juf An and Meester Karim said yes; `help-adult` was not asked."""
    public, _private = sealing.new_key_pair()
    Person.objects.update(language="en")
    with scope(school=cast.school):
        wave = Wave.objects.create(
            school=cast.school,
            title="Autumn",
            instrument_id="erbij-pupils-8-9",
            languages=["nl", "en", "ar"],
            items_on=["accepted-by-peers"],
            state=Wave.State.OPEN,
            public_key=public,
        )
        session = ClassSession.objects.create(wave=wave, school_class=cast.school_class, word=WORD)
        adults = {}
        for name in ("Juf An", "Meester Karim"):
            person = Person.objects.create_user(
                f"{uuid4().hex[:8]}@school.example", None, name=name, language="en"
            )
            member = Membership.objects.create(school=cast.school, person=person, role=Role.HELP_ADULT)
            adults[name] = HelpAdult.objects.create(wave=wave, membership=member, is_confirmed=True)
            cast.people[name] = person
    return SimpleNamespace(cast=cast, school=cast.school, wave=wave, session=session, adults=adults)


@pytest.fixture
def send(asked: Any) -> Callable[..., Any]:
    """Send as the script of the page does: get the key, seal, post. Gives the answer."""

    def post(adult: str = "", *, words: str = CANARY, **changed: Any) -> Any:
        client, id_ = Client(enforce_csrf_checks=True), str(uuid4())
        with_key = client.get(f"/c/help/{WORD}/key/").json()
        key = sealing._bytes(with_key["key"])
        plain = {"v": 1, "name": "Mila", "words": words, "language": "nl"}
        sealed = sealing.seal(plain, key, wave=with_key["box"], ballot=id_, purpose=boxes.PURPOSE)
        body = json.dumps({"id": id_, "adult": adult, "sealed": sealed, **changed})
        return client.post(
            f"/c/help/{WORD}/ask/?language=en",
            body,
            "application/json",
            headers={"accept": "application/json"},
        )

    return post


@pytest.fixture
def look(asked: Any, signed_in: Callable[[str], Client]) -> Callable[[str], str]:
    """The page of an adult as text."""
    return lambda who: signed_in(who).get(f"/school/{asked.school.slug}/help/").content.decode()


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[tuple[str, str, str]]:
    """The letters that would have been posted: subject, text, address."""
    post: list[tuple[str, str, str]] = []
    settings.EMAIL_HOST = "mail.school.example"

    def at_once(*, target: Any, args: Any, **_how: Any) -> Any:
        return SimpleNamespace(start=lambda: target(*args))

    monkeypatch.setattr(letters, "threading", SimpleNamespace(Thread=at_once))
    monkeypatch.setattr(letters, "send_mail", lambda *letter: post.append((*letter[:2], letter[3][0])))
    return post
