import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.web.help import queries, urls
from erbij.web.help.models import HelpRequest
from erbij.web.schools.models import Membership
from erbij.web.schools.roles import READERS, Role
from erbij.web.surveys.models import HelpAdult, Wave

CANARY = "canary-7d1f"
ADULTS = (Role.HELP_ADULT,)
# name of the address: who may, method, and the answer for who may but was not asked by the pupil
ADDRESSES: dict[str, tuple[tuple[str, ...], str, int]] = {
    "help": (ADULTS, "get", 200),
    "help-open": (ADULTS, "post", 404),
    "help-talked": (ADULTS, "post", 404),
    "help-card": ((*READERS, Role.TEACHER, Role.HELP_ADULT), "get", 200),
}
STRANGERS = ["head-elsewhere", "lead-elsewhere", "nobody-yet"]


def only(asked: Any) -> HelpRequest:
    with scope(school=asked.school):
        return HelpRequest.objects.get()


def change(asked: Any, **fields: object) -> None:
    with scope(school=asked.school):
        HelpRequest.objects.update(**fields)


def address(asked: Any, name: str, request: HelpRequest) -> str:
    known: dict[str, object] = {"school": asked.school.slug}
    if name == "help-card":
        known |= {"code": asked.wave.code, "language": "en"}
    elif name != "help":
        known["pk"] = request.pk
    return reverse(name, kwargs=known)


def test_every_address_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.of_a_school} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_everyone_gets_what_is_their_own_and_no_more(
    name: str, asked: Any, send: Callable[..., Any], signed_in: Callable[[str], Client]
) -> None:
    send("Juf An")
    change(asked, state="seen", opened_by=asked.adults["Juf An"].membership_id)
    request, (may, method, status) = only(asked), ADDRESSES[name]
    expected = {role.value: status if role in may else 403 for role in Role}
    expected |= dict.fromkeys(STRANGERS, 404) | {"anonymous": 302}
    found = {}
    for who in expected:
        with transaction.atomic(using="help"):
            answer = getattr(signed_in(who), method)(address(asked, name, request))
            transaction.set_rollback(True, using="help")
        found[who] = answer.status_code
        assert CANARY not in answer.content.decode(), who
        assert "Mila" not in answer.content.decode(), who
    assert found == expected
    assert only(asked).state == "seen"


@pytest.mark.parametrize("name", ["help-open", "help-talked"])
def test_what_writes_is_not_a_link(name: str, asked: Any, send: Any, signed_in: Any) -> None:
    send("Juf An")
    assert signed_in("Juf An").get(address(asked, name, only(asked))).status_code == 405


def test_chosen_adult_opens_talks_and_it_is_gone(
    asked: Any, send: Callable[..., Any], signed_in: Callable[[str], Client], look: Callable[[str], str]
) -> None:
    send("Juf An")
    request, client = only(asked), signed_in("Juf An")
    page = look("Juf An")
    assert "A pupil would like to talk" in page
    assert CANARY not in page
    assert client.post(address(asked, "help-talked", request)).status_code == 404  # never opened
    assert client.post(address(asked, "help-open", request)).status_code == 302
    page = look("Juf An")
    assert CANARY in page
    assert "Mila" in page
    assert "Seen by Juf An" in page
    assert client.post(address(asked, "help-talked", request)).status_code == 302
    assert CANARY not in look("Juf An")
    with scope(school=asked.school):
        assert not HelpRequest.objects.exists()


def test_other_adult_sees_nothing_of_it_before_it_goes_to_all(
    asked: Any, send: Callable[..., Any], signed_in: Callable[[str], Client], look: Callable[[str], str]
) -> None:
    send("Juf An")
    client = signed_in("Meester Karim")
    assert "A pupil would like to talk" not in look("Meester Karim")
    assert client.post(address(asked, "help-open", only(asked))).status_code == 404
    change(asked, is_for_all=True)
    assert "A pupil would like to talk" in look("Meester Karim")
    assert client.post(address(asked, "help-open", only(asked))).status_code == 302
    assert CANARY in look("Meester Karim")
    assert only(asked).opened_by == asked.adults["Meester Karim"].membership_id


def test_request_for_either_is_read_by_both_and_by_nobody_else(
    asked: Any, send: Callable[..., Any], look: Callable[[str], str]
) -> None:
    send("")
    waits = "A pupil would like to talk"
    assert [waits in look(who) for who in ("Juf An", "Meester Karim", "help-adult")] == [True, True, False]


def test_second_opening_does_not_change_who_looks_after_it(
    asked: Any, send: Callable[..., Any], signed_in: Callable[[str], Client]
) -> None:
    send("")
    change(asked, waited=2)
    for who in ("Juf An", "Meester Karim"):
        assert signed_in(who).post(address(asked, "help-open", only(asked))).status_code == 302
    assert (only(asked).opened_by, only(asked).waited) == (asked.adults["Juf An"].membership_id, 0)


@pytest.mark.parametrize("gone", ["no longer confirmed", "no longer a member", "switched off"])
def test_adult_who_left_reads_nothing(
    gone: str, asked: Any, send: Callable[..., Any], signed_in: Callable[[str], Client]
) -> None:
    send("Juf An")
    change(asked, state="seen", opened_by=asked.adults["Juf An"].membership_id)
    adult = asked.adults["Juf An"]
    with scope(school=asked.school):
        if gone == "no longer confirmed":
            HelpAdult.objects.filter(pk=adult.pk).update(is_confirmed=False)
        elif gone == "no longer a member":
            Membership.objects.filter(pk=adult.membership_id).delete()
        else:
            person = asked.cast.people["Juf An"]
            person.is_active = False
            person.save()
    answer = signed_in("Juf An").get(f"/school/{asked.school.slug}/help/")
    assert answer.status_code == {"no longer confirmed": 200, "no longer a member": 404}.get(gone, 302)
    assert CANARY not in answer.content.decode()


def test_adults_of_another_wave_of_the_school_read_nothing(
    asked: Any, send: Callable[..., Any], look: Callable[[str], str]
) -> None:
    send("")
    with scope(school=asked.school):
        other = Wave.objects.create(school=asked.school, title="Spring", instrument_id="erbij-pupils-8-9")
        member = Membership.objects.get(person=asked.cast.people["help-adult"])
        HelpAdult.objects.create(wave=other, membership=member, is_confirmed=True)
    assert "A pupil would like to talk" not in look("help-adult")


def test_requests_stay_readable_after_the_wave_has_closed(
    asked: Any, send: Callable[..., Any], signed_in: Any, look: Callable[[str], str]
) -> None:
    send("Juf An")
    with scope(school=asked.school):
        Wave.objects.update(state=Wave.State.CLOSED, public_key=b"", wrapped_key="")
    signed_in("Juf An").post(address(asked, "help-open", only(asked)))
    assert CANARY in look("Juf An")


def test_line_on_every_page_of_whom_it_is_for(
    asked: Any, send: Callable[..., Any], signed_in: Callable[[str], Client]
) -> None:
    def home(who: str) -> str:
        return signed_in(who).get(f"/school/{asked.school.slug}/").content.decode()

    everyone = ("Juf An", "Meester Karim", "coordinator", "network-lead", "team-member", "teacher")
    send("Juf An")
    assert [who for who in everyone if "would like to talk to you" in home(who)] == ["Juf An"]
    assert not any("A request of a pupil waits" in home(who) for who in everyone)
    change(asked, waited=queries.SEEN_BY_COORDINATOR, is_for_all=True)
    assert [who for who in everyone if "would like to talk to you" in home(who)] == [
        "Juf An",
        "Meester Karim",
    ]
    told = [who for who in everyone if "Look for Juf An or Meester Karim." in home(who)]
    assert told == ["coordinator", "network-lead"]
    change(asked, state="seen")
    assert not any("talk to you" in home(who) or "A request of" in home(who) for who in everyone)


def test_coordinator_never_learns_how_many(asked: Any, send: Callable[..., Any], signed_in: Any) -> None:
    def page() -> str:
        answer = signed_in("coordinator").get(f"/school/{asked.school.slug}/").content.decode()
        return answer.split("<main")[1].split("</main>")[0]

    found = []
    for _ in range(2):
        send()
        change(asked, waited=queries.SEEN_BY_COORDINATOR)
        found.append(page())
    assert found[0] == found[1]
    assert "A request of a pupil waits" in found[0]


def test_line_says_so_when_no_adult_is_left(asked: Any, send: Callable[..., Any], signed_in: Any) -> None:
    send()
    change(asked, waited=queries.SEEN_BY_COORDINATOR)
    with scope(school=asked.school):
        HelpAdult.objects.all().delete()
    page = signed_in("coordinator").get(f"/school/{asked.school.slug}/").content.decode()
    assert "No adult of this survey is left" in page


def test_missing_key_file_shuts_its_own_page_only(
    asked: Any, send: Callable[..., Any], signed_in: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    send("Juf An")
    settings.HELP_KEY_FILE.unlink()
    client, request = signed_in("Juf An"), only(asked)
    assert client.get(f"/school/{asked.school.slug}/").status_code == 200
    answers = [
        client.get(address(asked, "help", request)),
        *(client.post(address(asked, name, request)) for name in ("help-open", "help-talked")),
    ]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert "The key file of the help channel" in answers[0].content.decode()
    assert "ERBIJ_HELP_KEY_FILE" in caplog.text
    assert only(asked).state == "new"


def test_damaged_request_is_still_shown_as_a_pupil_who_asked(
    asked: Any, send: Callable[..., Any], look: Callable[[str], str]
) -> None:
    send("Juf An")
    sealed = only(asked).sealed
    change(asked, state="seen", sealed=sealed[:300] + ("A" if sealed[300] != "A" else "B") + sealed[301:])
    assert "A pupil did ask" in look("Juf An")


def test_words_are_text_and_never_markup(
    asked: Any, send: Callable[..., Any], look: Callable[[str], str]
) -> None:
    send("", words="<b>help</b>")
    change(asked, state="seen")
    page = look("Juf An")
    assert "&lt;b&gt;help&lt;/b&gt;" in page
    assert "<b>help" not in page


def test_card_names_adults_and_helplines(asked: Any, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("teacher").get(f"/school/{asked.school.slug}/waves/{asked.wave.code}/help-card/fr/")
    assert "Meester Karim" in page.content.decode()
    assert "Awel" in page.content.decode()
    unknown = [f"waves/{asked.wave.code}/help-card/xx/", "waves/none/help-card/nl/"]
    client = signed_in("teacher")
    assert [client.get(f"/school/{asked.school.slug}/{path}").status_code for path in unknown] == [404, 404]


def test_request_that_does_not_exist_is_not_found(asked: Any, signed_in: Callable[[str], Client]) -> None:
    for name in ("help-open", "help-talked"):
        path = reverse(name, kwargs={"school": asked.school.slug, "pk": uuid4()})
        assert signed_in("Juf An").post(path).status_code == 404


def test_only_the_day_is_shown(asked: Any, send: Callable[..., Any], look: Callable[[str], str]) -> None:
    send("Juf An")
    change(asked, day=dt.date(2026, 5, 5))
    assert "Tuesday 5 May" in look("Juf An")
