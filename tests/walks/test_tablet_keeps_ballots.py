"""A tablet without network is switched off for a week: its ballot is there, and arrives exactly once."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from erbij.web.surveys.box import Ballot

WEEK = dt.timedelta(days=7)


@pytest.fixture
def tablet(
    driver: Any, launching: dict[str, Any], address: str, tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Switch the tablet on: what it kept on its disk is there again."""
    running: list[BrowserContext] = []

    def switch_on() -> BrowserContext:
        for earlier in running:
            # A browser that closes is on the network again for a moment: its page must not hear of it.
            for page in earlier.pages:
                page.evaluate("addEventListener('online', (event) => event.stopImmediatePropagation(), true)")
            earlier.close()
        running.clear()
        context = driver.chromium.launch_persistent_context(
            tmp_path / "tablet", base_url=address, **launching
        )
        running.append(context)
        return context

    yield switch_on
    for context in running:
        context.close()


def test_ballot_survives_a_restart_and_a_week(
    tablet: Callable[[], BrowserContext],
    ask: Callable[..., Any],
    database: Path,
    kept_for_offline: Callable[..., None],
    waiting: Callable[[Page], list[dict[str, object]]],
) -> None:
    asked = ask()
    context = tablet()
    page = context.new_page()
    page.goto(f"/c/{asked.word}/")
    kept_for_offline(page)
    context.set_offline(True)
    page.click("#next")
    page.locator(".step.now .choice").first.click()
    while page.locator("#next").is_visible():
        page.click("#next")
    page.click("#hand-in")
    page.wait_for_url("**/c/done/**")
    expect(page.locator("#waiting")).to_contain_text("1 nog niet verstuurd")
    (before,) = waiting(page)

    context = tablet()
    context.set_offline(True)
    page = context.new_page()
    page.clock.install(time=dt.datetime.now() + WEEK)
    page.goto(f"/c/{asked.word}/")
    assert page.evaluate("Date.now()") / 1000 > (dt.datetime.now() + WEEK - dt.timedelta(hours=1)).timestamp()
    expect(page.locator("#waiting")).to_contain_text("1 nog niet verstuurd")
    assert waiting(page) == [before]
    assert sorted(before) == ["class", "id", "sealed", "wave"]
    assert not Ballot.objects.exists()

    context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.locator("#waiting")).to_be_empty()
    assert waiting(page) == []
    page.reload()
    assert [str(ballot.pk) for ballot in Ballot.objects.all()] == [before["id"]]
