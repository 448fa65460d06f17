"""What a network says together: a lead reads it and sends it back, a school finds it beside its own."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from erbij.privacy.release import Release
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import School
from erbij.web.surveys.models import Wave

State = Callable[[Page], tuple[list[object], int]]
LETTERS = "bcdefg"


@pytest.fixture
def closed(town: Any, prepare: Callable[..., Wave], release: Release) -> Wave:
    """Seven schools of one network whose surveys have closed, and that of the school of the town."""
    network, text = town.school.network, files.to_text(release)
    wave = prepare("erbij-pupils-10-12")
    others = [
        School.objects.create(name=f"School {letter}", slug=f"school-{letter}", country="BE", network=network)
        for letter in LETTERS
    ]
    for school in (town.school, *others):
        with scope(school=school):
            own = wave if school == town.school else _copied(wave, school)
            Wave.objects.filter(pk=own.pk).update(state=Wave.State.CLOSED)
            ReleaseRecord.objects.create(
                school=school,
                wave=own,
                closed_on=dt.date.today() - dt.timedelta(days=9),
                text=text,
                sha256=files.hash_of(text),
            )
    return wave


def _copied(wave: Wave, school: School) -> Wave:
    own: Wave = Wave.objects.create(
        school=school, title=wave.title, instrument_id=wave.instrument_id, languages=wave.languages
    )
    return own


def test_lead_sends_it_back_and_a_school_reads_it(
    town: Any, closed: Wave, window: Callable[..., Any], state_of: State
) -> None:
    context = window(town.people["network-lead"], locale="nl", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(reverse("network", args=[town.school.network_id]))
    page.get_by_role("link", name="Wat de scholen samen zeggen").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert state_of(page) == ([], 0), (scheme, width)
    page.get_by_role("button", name="Naar de scholen sturen").click()
    expect(page.get_by_text("Elke school ziet het nu naast de eigen resultaten")).to_be_visible()
    expect(page.get_by_text("Het laatst verstuurd op")).to_be_visible()
    expect(page.get_by_role("button", name="Naar de scholen sturen")).to_have_count(0)

    page = window(town.people["coordinator"], locale="nl").new_page()
    page.goto(reverse("result-page", args=[town.school.slug, closed.code, "level"]))
    beside = page.locator("#benchmark")
    expect(beside).to_contain_text(town.school.network.name)
    assert not any(f"School {letter}" in beside.inner_text() for letter in LETTERS)
