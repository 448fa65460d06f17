from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from erbij.privacy import gate
from erbij.privacy.release import Release
from erbij.reports import html
from erbij.reports.report import describe
from erbij.studies import town
from erbij.studies.opening import open_study

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium or Playwright's own (`make browser`); without one, the walks are skipped aloud."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no Playwright: the browser walks are skipped"
    )
    with playwright.sync_playwright() as driver:
        path = CHROMIUM if CHROMIUM.is_file() else Path(driver.chromium.executable_path)
        if not path.is_file():
            pytest.skip("no Chromium: the browser walks are skipped; `make browser` installs one")
        try:
            started = driver.chromium.launch(
                executable_path=str(path), args=["--no-sandbox", "--disable-gpu"]
            )
        except playwright.Error as problem:
            pytest.skip(f"Chromium does not start, so the browser walks are skipped: {problem}")
        yield started
        started.close()


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A small made-up town, with withheld groups among the shown ones."""
    folder = tmp_path_factory.mktemp("town")
    town.write(town.make(3, 240, seed=2), folder)
    return gate.release(open_study(folder / "made-up-answers.csv", folder / "STUDY.toml"))


@pytest.fixture(scope="session")
def report(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The address of the report in a language, made once."""
    folder = tmp_path_factory.mktemp("pages")

    def make(language: str) -> str:
        path = folder / f"{language}.html"
        if not path.exists():
            path.write_text(html.render(describe(release, language)), "utf-8")
        return path.as_uri()

    return make


@pytest.fixture
def open_page(browser: Any, report: Callable[[str], str]) -> Iterator[Callable[..., Any]]:
    """Open the report in a window of a width, noting what it asks for and complains about."""
    contexts = []

    def visit(language: str = "nl", *, width: int = 1440, **looks: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, **looks)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(report(language))
        return page

    yield visit
    for context in contexts:
        context.close()
