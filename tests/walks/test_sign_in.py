"""Signing in with a passkey and with a code from an app, each added in the browser first."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from playwright.sync_api import Page, expect

PASSWORD = "maan fiets lamp stoel"  # noqa: S105
EMAIL = "coordinator@school.example"
LANGUAGES = ("nl", "en", "fr")
ON_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(town: Any, window: Callable[..., Any], address: str) -> Page:
    """A browser at `localhost`: a passkey needs a name, and this one counts as safe without https."""
    context = window()
    context.add_cookies(
        [{"name": "django_language", "value": "en", "url": address.replace("127.0.0.1", "localhost")}]
    )
    page: Page = context.new_page()
    page.goto(address.replace("127.0.0.1", "localhost") + "/account/login/")
    return page


def type_password(page: Page) -> None:
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.main")


def confirm_password(page: Page) -> None:
    """Pages that change the ways in ask for the password once more."""
    page.wait_for_url("**/account/reauthenticate/**")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()


def sign_out(page: Page) -> None:
    page.click("footer form[action$='/logout/'] button")
    page.wait_for_url("**/account/login/**")


def path(page: Page, to: str) -> str:
    return re.sub(r"(//[^/]+)/.*", rf"\1{to}", page.url)


def state_in_every_language(page: Page, complaints: Callable[[Any], list[object]]) -> dict[str, object]:
    """What is wrong on this page, which has to be one that a link leads to."""
    here, wrong = page.url, {}
    for language in LANGUAGES:
        page.click(f"footer button[name=language][value={language}]")
        page.goto(here)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if (found := complaints(page)) or too_wide > 0:
                wrong[f"{here} {language} {width}"] = (found, too_wide)
    return wrong


def test_passkey_signs_in_without_a_password(page: Page, complaints: Callable[[Any], list[object]]) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": ON_THE_DEVICE})
    type_password(page)
    page.goto(path(page, "/account/2fa/webauthn/add/"))
    confirm_password(page)
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/2fa/recovery-codes/**")
    kept = device.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]
    assert [one["isResidentCredential"] for one in kept] == [True]
    page.goto(path(page, "/account/2fa/webauthn/"))
    expect(page.locator("main")).to_contain_text("Laptop")
    wrong = state_in_every_language(page, complaints)
    for link in [page.locator("main a").nth(place).get_attribute("href") for place in (0, 1)]:
        page.goto(path(page, link or ""))
        wrong |= state_in_every_language(page, complaints)
    assert wrong == {}
    sign_out(page)
    page.click("#passkey_login")
    page.wait_for_url("**/school/de-linde/")


def test_code_from_an_app_is_asked_after_the_password(
    page: Page, complaints: Callable[[Any], list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_password(page)
    page.goto(path(page, "/account/2fa/totp/activate/"))
    confirm_password(page)
    secret = page.locator(".secret").text_content() or ""
    page.fill("[name=code]", "000000")
    page.locator("main form button").first.click()
    expect(page.locator(".errorlist")).to_be_visible()
    page.fill("[name=code]", code_of(secret))
    page.locator("main form button").first.click()
    page.wait_for_url("**/account/2fa/recovery-codes/**")
    spare = re.findall(
        r"\b\d{8}\b", page.locator("main").inner_text() + page.locator("main textarea").input_value()
    )
    sign_out(page)
    type_password(page)
    page.wait_for_url("**/account/2fa/authenticate/**")
    assert state_in_every_language(page, complaints) == {}
    page.fill("[name=code]", spare[0])
    page.locator("main form button").first.click()
    page.wait_for_url("**/school/de-linde/")


def code_of(secret: str) -> str:
    """What the app shows now."""
    counter = next(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(secret, counter))
