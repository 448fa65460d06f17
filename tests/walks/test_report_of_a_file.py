"""From the file of another tool to its report, with and without a script, at every width and in the dark."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import good_exports
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from erbij.instruments import registry

State = Callable[[Page], tuple[list[object], int]]
WIDTHS = (320, 360, 768, 1280)
INSTRUMENT = "erbij-pupils-10-12"
QUESTIONNAIRE = registry.load(INSTRUMENT)
FIRST = good_exports.asked(QUESTIONNAIRE)[0]
SHOTS = os.environ.get("ERBIJ_SHOTS", "")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A file of Google Forms with a question and an answer that the questionnaire does not know."""
    text = good_exports.google(QUESTIONNAIRE, "nl").decode()
    text = text.replace(FIRST.text["nl"], "Ik vind het hier fijn").replace('"nooit"', '"zelden of nooit"')
    path = tmp_path / "Antwoorden.csv"
    path.write_text(text)
    return path


def look(page: Page, town: Any, export: Path) -> None:
    page.goto(reverse("mapping", args=[town.school.slug]))
    page.get_by_label("Welke vragenlijst is gebruikt?").select_option(INSTRUMENT)
    page.get_by_label("Bestand met de antwoorden").set_input_files(export)
    page.get_by_role("button", name="Kijk wat erin staat").click()
    expect(page.get_by_role("heading", name="Wat de kolommen zijn")).to_be_visible()


def correct(page: Page) -> None:
    page.get_by_label("Ik vind het hier fijn").select_option(f"item:{FIRST.id}")
    for each in page.get_by_label("zelden of nooit").all():
        each.select_option(index=1)
    page.get_by_label("Titel van het rapport").fill("Mei 2026")


def handed(page: Page) -> set[str]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Maak het rapport").click()
    content = Path(download.value.path()).read_bytes()
    return set(zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_from_a_file_to_its_report(
    town: Any, window: Callable[..., Any], state_of: State, export: Path
) -> None:
    page = window(town.people["coordinator"], locale="nl").new_page()
    page.goto(reverse("waves", args=[town.school.slug]))
    page.get_by_role("link", name="Een rapport van een bestand").click()
    looks(page, state_of, "choose")
    look(page, town, export)
    for details in page.locator("details").all():
        details.locator("summary").click()
    looks(page, state_of, "look")
    page.get_by_label("Titel van het rapport").fill("Mei 2026")
    page.get_by_role("button", name="Maak het rapport").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks(page, state_of, "mistakes")
    correct(page)
    assert page.get_by_text("je browser heeft het nog").is_visible()
    assert "report.html" in handed(page)
    expect(page.get_by_text("Het rapport is gemaakt.")).to_be_visible()
    looks(page, state_of, "made")


def test_without_a_script_the_file_is_chosen_once_more(
    town: Any, window: Callable[..., Any], export: Path
) -> None:
    page = window(town.people["coordinator"], locale="nl", java_script_enabled=False).new_page()
    look(page, town, export)
    correct(page)
    page.get_by_label("Nog eens hetzelfde bestand").set_input_files(export)
    assert "release.json" in handed(page)


def looks(page: Page, state_of: State, name: str) -> None:
    """No fault that axe finds and nothing sideways, at each width and in the dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert state_of(page) == ([], 0), (name, width)
    page.emulate_media(color_scheme="dark")
    assert state_of(page) == ([], 0), (name, "dark")
    page.emulate_media(color_scheme="light")
