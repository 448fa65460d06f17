"""From an empty folder to a report: the program as `erbij serve` starts it, and a browser for everyone.

ERBIJ_WALK=/path/of/erbij walks an installed program instead of this source; its home is that of the caller.
"""

import datetime as dt
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from erbij.instruments import registry
from erbij.web.surveys import sealing

START = "from erbij.cli.serve import serve; serve()"
WORDS = "maan fiets lamp stoel"
INSTRUMENT = registry.load("erbij-pupils-10-12")
TODAY = dt.date.today()
CLICKS = """() => {
  document.getElementById("next").click();
  for (let step; (step = document.querySelector(".step.now[data-item]"));
       document.getElementById("next").click()) step.querySelector(".choice").click();
}"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """`erbij serve` in an empty folder: its address and its start code."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    apart = {"ERBIJ_DATA": str(tmp_path / "data"), "ERBIJ_KEY_FILE": "", "DATABASE_URL": ""}
    command, environment = [sys.executable, "-c", START], {**os.environ, **apart}
    if installed := os.environ.get("ERBIJ_WALK"):
        command, environment = [installed, "serve"], {name: os.environ[name] for name in ("HOME", "PATH")}
    server = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        said = server.stderr.readline() + server.stderr.readline()
        address = f"http://127.0.0.1:{port}"
        _until_it_answers(address)
        yield address, re.findall(r"type (\S+)", said)[0]
    finally:
        server.terminate()
        server.wait(timeout=10)
        server.stderr.close()


def _until_it_answers(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=20).close()  # noqa: S310
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(address)


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], served: tuple[str, str]) -> Callable[..., Page]:
    """A browser of somebody else, in a language."""
    return lambda language="nl": new_context(base_url=served[0], locale=language).new_page()


def account(page: Page, name: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"{name.lower()}@school.example")
    page.fill("[name=password]", WORDS)


def send(page: Page, form: str) -> None:
    """Send the form whose address ends so."""
    page.locator(f"form[action$='{form}'] button:not(.link)").first.click()


def island(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.locator("#page-data").text_content() or "")
    return found


def hand_in_as_a_page_does(address: str, asked: dict[str, Any], answers: dict[str, object]) -> int:
    """Seal on the device, and post the ballot; gives the status."""
    ballot = str(uuid.uuid4())
    public = urlsafe_b64decode(asked["key"] + "==")
    plain = {"v": 1, "class": asked["class"], "language": "nl", "minutes": "5-10", "answers": answers}
    sealed = sealing.seal(plain, public, wave=asked["wave"], ballot=ballot)
    body = {"id": ballot, "wave": asked["wave"], "sealed": sealed, "class": asked["class"]}
    request = urllib.request.Request(  # noqa: S310
        address + asked["ballots"], json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        assert json.load(answer) == {"stored": True}
        return int(answer.status)


def answers_of_a_bot(asked: dict[str, Any], rng: np.random.Generator) -> dict[str, object]:
    answers: dict[str, object] = {}
    for name, codes in asked["codes"].items():
        picked = codes[int(rng.integers(len(codes)))]
        is_several = INSTRUMENT.format_of(INSTRUMENT.items[name]).type == "several"
        answers[name] = [picked] if is_several else picked
    return answers


def first_start(page: Page, code: str) -> None:
    page.goto("/home/")
    assert page.url.endswith("/first/")
    page.fill("[name=code]", code)
    page.fill("[name=school]", "De Linde")
    page.select_option("[name=language]", "nl")
    account(page, "Noor")
    page.click("main button.main")
    expect(page.locator("h1")).to_have_text("De Linde")


def make_classes(page: Page) -> None:
    page.goto("/school/de-linde/classes/")
    page.fill("form[action$='/grade/'] [name=name]", "5")
    send(page, "/grade/")
    page.fill("form[action$='/paste/'] textarea", "5A 23\n5B 20")
    send(page, "/paste/")
    expect(page.locator("table tbody tr")).to_have_count(2)


def invite(page: Page) -> str:
    """Invite somebody whom pupils may come to, on paper; gives the link."""
    page.goto("/school/de-linde/people/")
    page.select_option("[name=role]", "help-adult")
    send(page, "/invite/")
    return page.locator("details p").text_content() or ""


def prepare(page: Page) -> str:
    page.goto("/school/de-linde/waves/new/")
    page.fill("[name=title]", "Herfst")
    page.select_option("[name=instrument]", INSTRUMENT.id)
    page.fill("[name=opens_on]", TODAY.isoformat())
    page.fill("[name=closes_on]", (TODAY + dt.timedelta(days=14)).isoformat())
    page.click("main button.main")
    expect(page.locator("#blocker-no-help-adults")).to_be_visible()
    wave = page.url
    page.goto(f"{wave}questions/")
    page.check("[name=on][value=extra-help]")
    page.fill("[name=why-extra-help]", "")
    page.click("main button.main")
    expect(page.locator(".message.error")).to_be_visible()
    page.fill("[name=why-extra-help]", "Om te zien of hulp helpt om erbij te horen.")
    page.click("main button.main")
    page.goto(f"{wave}settings/")
    page.uncheck("[name=languages][value=pl]")
    page.click("main button.main")
    for box in page.locator("[name=members]").all():
        box.check()
    send(page, "/adults/")
    expect(page.locator("#blocker-no-help-adults")).to_be_visible()
    return wave


def test_a_school_goes_from_nothing_to_a_report(served: tuple[str, str], visit: Callable[..., Page]) -> None:
    address, code = served
    noor = visit()
    first_start(noor, code)
    make_classes(noor)
    adults = []
    for name in ("An", "Karim"):
        adult = visit()
        adult.goto(invite(noor))
        account(adult, name)
        adult.click("main button.main")
        expect(adult.locator("h1")).to_have_text("De Linde")
        adults.append(adult)
    wave = prepare(noor)
    for adult in adults:
        adult.goto("/school/de-linde/waves/")
        adult.click("button[name=yes]")
        expect(adult.locator("button[name=no]")).to_be_visible()
    noor.goto(wave)
    send(noor, "/open/")
    noor.locator("table tbody tr a").first.click()
    send(noor, "/open/")
    word = noor.locator(".word").text_content() or ""

    asked = pupils_answer(visit, word)
    rng = np.random.default_rng(5)
    statuses = [hand_in_as_a_page_does(address, asked, answers_of_a_bot(asked, rng)) for _ in range(20)]
    assert statuses == [200] * 20

    noor.reload()
    expect(noor.locator("main")).to_contain_text("20")
    send(noor, "/close/")
    expect(noor.locator(".word")).to_have_count(0)
    late = visit()
    late.goto(f"/c/{word}/")
    expect(late.locator("#word")).to_be_visible()

    closes_with_progress(noor, wave)
    expect(noor.locator("h1")).to_have_text("Herfst")
    expect(noor.locator("html")).to_have_attribute("lang", "nl")
    expect(noor.locator(".questions a")).to_have_count(6)
    dutch = noor.locator("section.told h2").all_text_contents()
    noor.click("footer button[value=fr]")
    expect(noor.locator("html")).to_have_attribute("lang", "fr")
    assert noor.locator("section.told h2").all_text_contents() != dutch
    noor.goto(wave)
    expect(noor.locator(".tag")).to_have_text("fermée")


def pupils_answer(visit: Callable[..., Page], word: str) -> dict[str, Any]:
    """Three pupils by the page, each on the same tablet; gives what the page was told."""
    tablet = visit()
    for language in ("nl", "ar", "nl"):
        tablet.goto("/")
        tablet.fill("#word", word.replace("-", " ").upper())
        tablet.keyboard.press("Enter")
        tablet.wait_for_url(f"**/c/{word}/**")
        tablet.select_option("#language", language)
        asked = island(tablet)
        tablet.evaluate(CLICKS)
        tablet.click("#hand-in")
        tablet.wait_for_url("**/c/done/**")
    assert "extra-help" in asked["codes"]
    assert "pl" not in asked["languages"]
    return asked


def closes_with_progress(page: Page, wave: str) -> None:
    page.goto(wave)
    page.click("a[href$='/close/']")
    page.click("main form button.main")
    expect(page.locator("#progress, section.told").first).to_be_visible()
    page.wait_for_url("**/results/**", timeout=60_000)
