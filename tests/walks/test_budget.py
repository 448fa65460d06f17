"""A budget divided in a browser, at every width and in the dark."""

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


def test_budget_is_divided_and_kept(
    town: Any,
    prepare: Callable[..., Wave],
    release: Release,
    window: Callable[..., Any],
    state_of: Callable[[Page], tuple[list[object], int]],
) -> None:
    wave, text = prepare("erbij-pupils-10-12"), files.to_text(release)
    with scope(school=town.school):
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        ReleaseRecord.objects.create(
            school=town.school, wave=wave, closed_on=dt.date.today(), text=text, sha256=files.hash_of(text)
        )
    page = window(town.people["coordinator"], locale="nl").new_page()
    page.goto(reverse("budget", args=[town.school.slug]))
    page.locator("#id_actions input").first.check()
    page.get_by_role("button", name="Toon het").click()
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert state_of(page) == ([], 0), width
    page.emulate_media(color_scheme="dark")
    assert state_of(page) == ([], 0)
    page.get_by_role("button", name="Bewaar deze verdeling").click()
    expect(page.get_by_role("heading", name="Een bewaarde verdeling")).to_be_visible()
    assert state_of(page) == ([], 0)
