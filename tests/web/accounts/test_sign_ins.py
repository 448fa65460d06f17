"""Where somebody is signed in, told to themselves only, and ended by themselves only."""

import time
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client

from erbij.web.accounts import queries, sign_ins
from erbij.web.accounts.models import Person

PAGE = "/account/sign-ins/"
PASSWORD = "maan fiets lamp stoel"  # noqa: S105
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Mobile"


@pytest.fixture
def browsing(cast: Any) -> Any:
    """Give a browser in which somebody opened a page."""

    def browser(who: str = "teacher", agent: str = FIREFOX) -> Client:
        client = Client(headers={"accept-language": "en", "user-agent": agent})
        client.force_login(cast.people[who])
        client.get("/account/")
        return client

    return browser


def is_in(client: Client) -> bool:
    return get_user(client).is_authenticated


def shown(client: Client) -> list[tuple[str, bool]]:
    return [(each.browser, each.is_here) for each in client.get(PAGE).context["sign_ins"]]


def other(client: Client) -> str:
    return str(next(each.name for each in client.get(PAGE).context["sign_ins"] if not each.is_here))


def test_own_browsers_and_no_others_are_shown(browsing: Any) -> None:
    mine, also_mine = browsing(), browsing(agent=CHROME)
    browsing("coordinator")
    browsing("head-elsewhere")
    assert shown(mine) == [("Firefox", True), ("Chrome", False)]
    assert shown(also_mine) == [("Chrome", True), ("Firefox", False)]


def test_neither_address_nor_device_is_kept_or_told(browsing: Any) -> None:
    client = browsing(agent=CHROME)
    browsing()
    held = [session.get_decoded() for session in Session.objects.all()]
    assert all(word not in str(held) for word in ("127.0.0.1", "Pixel", "Android", "Mozilla", "139.0"))
    page = client.get(PAGE).content.decode()
    assert "Pixel" not in page
    assert not [key for key in Session.objects.values_list("session_key", flat=True) if key in page]


def test_one_is_ended_and_the_others_stay(browsing: Any) -> None:
    mine, lost, kept = browsing(), browsing(agent=CHROME), browsing(agent="curl/8")
    name = next(each.name for each in mine.get(PAGE).context["sign_ins"] if each.browser == "Chrome")
    assert mine.post(f"{PAGE}end/{name}/")["Location"] == PAGE
    assert [is_in(client) for client in (mine, lost, kept)] == [True, False, True]
    assert mine.post(f"{PAGE}end/{name}/").status_code == 302, "once more is fine"


def test_all_others_are_ended_and_those_of_others_stay(browsing: Any) -> None:
    mine, one, two, colleague = browsing(), browsing(), browsing(agent=CHROME), browsing("coordinator")
    mine.post(f"{PAGE}others/end/")
    assert [is_in(client) for client in (mine, one, two, colleague)] == [True, False, False, True]
    assert shown(mine) == [("Firefox", True)]


def test_nobody_ends_that_of_somebody_else(browsing: Any) -> None:
    mine, colleague = browsing(), browsing("coordinator")
    browsing("coordinator", CHROME)
    mine.post(f"{PAGE}end/{other(colleague)}/")
    mine.post(f"{PAGE}end/{colleague.session.session_key}/")
    assert len(shown(colleague)) == 2


@pytest.mark.parametrize("path", [f"{PAGE}end/x/", f"{PAGE}others/end/"])
def test_ending_takes_a_post_of_somebody_signed_in(path: str, browsing: Any) -> None:
    mine, also_mine = browsing(), browsing()
    assert mine.get(path).status_code == 405
    assert Client().post(path)["Location"].startswith("/account/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = mine.cookies
    assert strict.post(path).status_code == 403
    assert is_in(also_mine)
    assert Client().get(PAGE)["Location"].startswith("/account/login/")


def test_another_password_ends_all_others(browsing: Any) -> None:
    mine, one = browsing(), browsing(agent=CHROME)
    filled = {"oldpassword": PASSWORD, "password1": "een twee drie huis", "password2": "een twee drie huis"}
    assert mine.post("/account/password/change/", filled).status_code == 302
    assert Person.objects.get(name="teacher").check_password("een twee drie huis")
    assert (is_in(mine), is_in(one)) == (True, False)
    assert shown(mine) == [("Firefox", True)]


def test_what_is_over_is_not_shown(browsing: Any) -> None:
    mine, idle = browsing(), browsing(agent=CHROME)
    session = idle.session
    session[sign_ins.SEEN] = time.time() - 91 * 60
    session.save()
    assert shown(mine) == [("Firefox", True)]


def test_page_tells_the_day_and_not_the_hour(browsing: Any) -> None:
    mine = browsing()
    found = queries.sign_ins_of(Person.objects.get(name="teacher"), here=mine.session.session_key)
    page = mine.get(PAGE).content.decode()
    assert f'datetime="{found[0].last_day.isoformat()}"' in page


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox"),
        (CHROME, "Chrome"),
        ("Mozilla/5.0 AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36 Edg/139.0", "Edge"),
        ("Mozilla/5.0 AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36 OPR/120.0", "Opera"),
        ("Mozilla/5.0 (iPad) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15", "Safari"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/139.0 Safari/604.1", "Chrome"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_family_of_a_browser(agent: str, name: str) -> None:
    assert sign_ins.family(agent) == name
