"""`erbij demo` as it is started: a link for every role, a report with figures, a class to answer in."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

START = "from erbij.cli.main import main; main()"
CLICKS = """() => {
  document.getElementById("next").click();
  for (let step; (step = document.querySelector(".step.now[data-item]"));
       document.getElementById("next").click()) step.querySelector(".choice").click();
}"""


@pytest.fixture
def links(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """What a started demo prints."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    demo = [sys.executable, "-c", START, "demo", "--data", str(tmp_path / "town"), "--port", port, "--json"]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    server = subprocess.Popen(
        demo, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    assert server.stdout is not None
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stdout.close()


def until_it_answers(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=20).close()  # noqa: S310
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(address)


def test_every_link_of_the_made_up_town_leads_somewhere(
    links: dict[str, Any],
    new_context: Callable[..., BrowserContext],
    complaints: Callable[[Any], list[object]],
) -> None:
    ((word, questions),) = links["class"].items()
    until_it_answers(questions)
    for role, link in links["sign_in"].items():
        page = new_context().new_page()
        page.goto(link)
        expect(page.locator(".made-up")).to_be_visible()
        expect(page.locator("footer form[action$='/logout/']")).to_be_visible()
        assert role == "network-lead" or page.url.endswith("/school/verzonnen-school-de-linde/")
        if role == "coordinator":
            page.set_viewport_size({"width": 360, "height": 800})
            assert complaints(page) == []
            page.goto(links["report"])
            expect(page.locator("#emblem svg")).to_have_count(2)  # wide and narrow
            page.goto(links["report"] + "groups/")
            assert page.locator("figure svg").count() > 5
            page.goto(page.url.split("/results/")[0] + "/waves/")
            expect(page.locator(".tag.open")).to_have_count(1)
    page = new_context().new_page()
    page.goto(questions)
    expect(page.locator(".made-up")).to_have_count(0)
    page.evaluate(CLICKS)
    page.click("#hand-in")
    page.wait_for_url(f"**/c/done/**{word}*")
