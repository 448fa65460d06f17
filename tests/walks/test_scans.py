"""A scan from the results to its own result, at every width, in the dark and on paper."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from erbij.privacy.release import Release
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys.models import Wave

State = Callable[[Page], tuple[list[object], int]]
WIDTHS = (320, 768, 1280)


def test_from_the_results_to_a_finished_scan(
    town: Any, prepare: Callable[..., Wave], release: Release, window: Callable[..., Any], state_of: State
) -> None:
    wave, text = prepare("erbij-pupils-10-12"), files.to_text(release)
    with scope(school=town.school):
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        ReleaseRecord.objects.create(
            school=town.school,
            wave=Wave.objects.get(pk=wave.pk),
            closed_on=dt.date.today(),
            text=text,
            sha256=files.hash_of(text),
        )
    page = window(town.people["coordinator"], locale="nl").new_page()
    page.goto(reverse("result-page", args=[town.school.slug, wave.code, "opportunities"]))
    page.get_by_role("link", name="Schoolscans").click()
    looks(page, state_of, "list")
    for number, name in ((0, "teams"), (1, "curriculum"), (2, "welcome")):
        page.goto(reverse("scans", args=[town.school.slug]))
        page.get_by_role("button", name="Doe deze scan").nth(number).click()
        for each in page.get_by_label("voor iedereen").all():
            each.check()
        if name == "curriculum":
            page.get_by_label("Boek of les").first.fill("Geschiedenis 3")
            page.get_by_label("meisjes en vrouwen").first.select_option("named")
        page.get_by_role("button", name="Bewaar dit").click()
        expect(page.get_by_text("Dit is bewaard.")).to_be_visible()
        looks(page, state_of, f"fill-{name}")
        page.get_by_role("button", name="Rond deze scan af").click()
        expect(page.get_by_role("heading", name="naast wat leerlingen zeiden")).to_be_visible()
        looks(page, state_of, f"result-{name}")
    page.goto(reverse("scan-paper", args=[town.school.slug, "environment"]))
    looks(page, state_of, "paper")
    page.emulate_media(media="print")
    assert page.locator("nav").first.is_hidden()


def looks(page: Page, state_of: State, name: str) -> None:
    """No fault that axe finds and nothing sideways, at each width and in the dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert state_of(page) == ([], 0), (name, width)
    page.emulate_media(color_scheme="dark")
    assert state_of(page) == ([], 0), (name, "dark")
    page.emulate_media(color_scheme="light")
