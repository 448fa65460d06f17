"""The pages of a release in a browser: three languages and widths, light, dark, print, and by keyboard."""

import datetime as dt
import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.privacy.release import Release
from erbij.reports.pages import QUESTIONS
from erbij.web.accounts.models import Person
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.roles import Role
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave

WIDTHS = (320, 768, 1440)
LOOKS = {
    "nl": ((320, "light"), (1440, "dark")),
    "en": ((320, "dark"),),
    "fr": ((1440, "light"),),
}
"""Where axe looks. What it finds hardly depends on words: width, day and night are shared among languages."""
SHAPE = "[document.documentElement.scrollWidth - innerWidth, document.querySelectorAll('h1').length]"
FOCUS = """() => {
    const { activeElement: at } = document, { top, bottom } = at.getBoundingClientRect();
    return [bottom > 0 && top < innerHeight && at.checkVisibility(), at.rel === "next", at.outerHTML];
}"""
ON_PAPER = """() => {
    const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
    const all = (names) => [...document.querySelectorAll(names)];
    return {
        chrome: all(".bar, .foot, .turn, form").filter(seen).length,
        folded: all("details table, details p").filter((element) => !seen(element)).length,
        wide: all("figure svg").filter(seen).length,
        figures: all("figure:has(svg)").length,
    };
}"""


@pytest.fixture
def results(town: Any, release: Release) -> Any:
    """A closed wave with the release of a made-up town, and the addresses of all that tells of it."""
    text = files.to_text(release)
    with scope(school=town.school):
        wave = services.create_wave(school=town.school, title="Herfst", instrument="erbij-pupils-10-12")
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        ReleaseRecord.objects.create(
            school=town.school,
            wave=wave,
            closed_on=dt.date(2026, 1, 9),
            text=text,
            sha256=files.hash_of(text),
        )
    of_school = {"school": town.school.slug}
    of_release = of_school | {"code": wave.code}
    pages = [reverse("result-page", kwargs=of_release | {"page": page}) for page in QUESTIONS]
    around = [reverse(name, kwargs=of_school) for name in ("results", "guide", "terms")]
    of_wave = [reverse(name, kwargs=of_release) for name in ("result", "result-why")]
    return SimpleNamespace(town=town, pages=pages, all=[*of_wave, *pages, *around])


@pytest.fixture
def reader(window: Callable[..., Any], results: Any, complaints: Any) -> Callable[..., Any]:
    """A browser of somebody in the team, in a language."""

    def open_window(language: str = "nl", who: str = Role.COORDINATOR, **looks: Any) -> Any:
        Person.objects.filter(pk=results.town.people[who].pk).update(language=language)
        context = window(results.town.people[who], reduced_motion="reduce", **looks)
        context.add_init_script(complaints.script)
        return context.new_page()

    return open_window


@pytest.mark.parametrize("language", LOOKS)
def test_pages_are_clean_wide_and_narrow_by_day_by_night_and_on_paper(
    language: str, results: Any, reader: Callable[..., Any], complaints: Callable[..., list[object]]
) -> None:
    page = reader(language)
    wrong: dict[str, object] = {}
    for path in results.all:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if (shape := page.evaluate(SHAPE)) != [0, 1]:
                wrong[f"{path} {width}"] = shape
        for width, scheme in LOOKS[language]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if found := complaints(page):
                wrong[f"{path} {width} {scheme}"] = found
        page.emulate_media(media="print", color_scheme="light")
        paper = page.evaluate(ON_PAPER)
        if paper["chrome"] or paper["folded"] or paper["wide"] != paper["figures"]:
            wrong[f"{path} on paper"] = paper
        page.emulate_media(media="screen")
    assert wrong == {}


def test_six_questions_are_read_by_keyboard_alone(results: Any, reader: Callable[..., Any]) -> None:
    page = reader("en", viewport={"width": 1280, "height": 800})
    page.goto(results.pages[0])
    for here, onward in itertools.pairwise(results.pages):
        assert page.url.endswith(here)
        for _stop in range(120):
            page.keyboard.press("Tab")
            is_seen, is_last, what = page.evaluate(FOCUS)
            assert is_seen, what
            if is_last:
                break
        else:
            raise AssertionError(f"no way on from {here}")
        with page.expect_navigation(url=f"**{onward}"):
            page.keyboard.press("Enter")


def test_term_opens_by_keyboard_mouse_and_touch(results: Any, reader: Callable[..., Any]) -> None:
    level = results.pages[1]
    page = reader("en", viewport={"width": 1280, "height": 800})
    page.goto(level)
    word, tip = page.locator(".term").first, page.locator(".tip:popover-open")
    word.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    tip.wait_for()
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    page.keyboard.press("Enter")
    tip.wait_for()
    page.keyboard.press("Escape")
    page.locator(".term").nth(1).hover()
    tip.wait_for()
    assert page.locator(".term").nth(1).get_attribute("popovertarget") == tip.get_attribute("id")
    phone = reader("en", viewport={"width": 320, "height": 640}, has_touch=True, java_script_enabled=False)
    phone.goto(level)
    phone.locator(".term").first.tap()
    phone.locator(".tip", has_text="All terms").first.wait_for()


def test_two_who_write_notes_at_once_lose_nothing(results: Any, reader: Callable[..., Any]) -> None:
    hers = reader("en")
    his = reader("en", who=Role.TEAM_MEMBER, viewport={"width": 320, "height": 640})
    for page in (hers, his):
        page.goto(results.pages[2])
    hers.fill("[name=text]", "The gate at eight.")
    hers.keyboard.press("Tab")
    hers.keyboard.press("Enter")
    hers.locator(".message.success").wait_for()
    his.fill("[name=text]", "The playground.")
    his.locator(".notes button").click()
    his.locator("[role=alert]").wait_for()
    assert his.locator(".notes blockquote").inner_text() == "The gate at eight."
    assert his.locator("[name=text]").input_value() == "The playground."
    assert his.evaluate(SHAPE) == [0, 1]
    his.fill("[name=text]", "The gate at eight, the playground.")
    his.locator(".notes button").click()
    his.locator(".message.success").wait_for()
    hers.reload()
    assert hers.locator("[name=text]").input_value() == "The gate at eight, the playground."
