"""The real page, the real server and a network that loses replies or brings them late."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench import school, server
from bench.bad_network import Harm, between
from bench.box import Box

BUNDLE = Path(__file__).resolve().parents[2] / "src/erbij/web/static/pupil/dist/pupil.js"
PUPILS = 6

pytestmark = pytest.mark.skipif(not BUNDLE.exists(), reason="no bundle: `make` builds it")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("school")
    plan = school.prepare(folder, database="", classes=1, size=PUPILS, parts=(0,))
    with server.serving(school.settings(folder, ""), folder / "log") as port:
        yield folder, plan.words[0], port


def test_every_pupil_is_heard_once(
    town: Any,
    new_context: Callable[..., BrowserContext],
    waiting: Callable[[Page], list[object]],
    eventually: Callable[..., None],
) -> None:
    folder, word, port = town
    # Two of three replies are lost or come later than the page waits while the pupil looks on.
    harm = Harm(lost=0.4, late=0.3, delay=3.5, seed=3)
    with between(port, harm) as bad:
        tablets = [new_context(base_url=f"http://127.0.0.1:{bad}") for _ in range(PUPILS)]
        pages = [tablet.new_page() for tablet in tablets]
        for page in pages:
            page.goto(f"/c/{word}/")
            page.click("#next")
            page.locator(".step.now .choices .choice").nth(2).click()
            while page.locator("#next").is_visible():
                page.click("#next")
            page.click("#hand-in")
        for page in pages:
            page.wait_for_url("**/c/done/**")
            # What was stored twice would show here as well: the queue empties by itself.
            eventually(lambda page=page: not waiting(page), patience=60_000)
            expect(page.locator("#waiting")).to_be_empty()
        for tablet in tablets:
            tablet.close()
    assert harm.times_lost >= 2
    assert harm.times_late >= 1
    found = Box(folder).ids()
    assert (len(found), len(set(found)), Box(folder).tallied()) == (PUPILS, PUPILS, PUPILS)
