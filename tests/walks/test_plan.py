"""From results to a plan with an owner and a day to look, by hand; and how its pages look."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.actions import registry
from erbij.privacy.release import Release
from erbij.web.accounts.models import Person
from erbij.web.plans import queries, services
from erbij.web.plans.models import PlannedAction
from erbij.web.plans.services import Answer, Facts, Step, Wanted
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.roles import Role
from erbij.web.surveys import services as surveys
from erbij.web.surveys.models import Wave

WIDTHS = (320, 768, 1440)
LOOKS = {"nl": ((320, "light"), (1440, "dark")), "en": ((320, "dark"),), "fr": ((1440, "light"),)}
SHAPE = "[document.documentElement.scrollWidth - innerWidth, document.querySelectorAll('h1').length]"
SMALL = """() => [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")]
    .filter((one) => one.checkVisibility() && !one.closest("p, li, h3, dd") && one.type !== "hidden")
    .map((one) => [(one.closest("label") ?? one).getBoundingClientRect(), one.outerHTML])
    .filter(([box]) => box.height < 24 || box.width < 24)
    .map(([_box, html]) => html)"""
TODAY = dt.date.today()
ON_PUPILS = next(one for one in registry.actions().values() if one.changes == "pupils")


@pytest.fixture
def closed(town: Any, release: Release, settings: Any) -> Any:
    """A wave that closed six weeks ago, with findings that nobody chose about."""
    settings.EMAIL_HOST = "mail.school.example"
    text = files.to_text(release)
    with scope(school=town.school):
        wave = surveys.create_wave(school=town.school, title="Herfst", instrument="erbij-pupils-10-12")
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        record = ReleaseRecord.objects.create(
            school=town.school,
            wave=wave,
            closed_on=TODAY - dt.timedelta(weeks=6),
            text=text,
            sha256=files.hash_of(text),
        )
        signals = [one.id for one in queries.plan_of(town.school.pk).open]
    return SimpleNamespace(town=town, school=town.school, record=record, signals=signals)


@pytest.fixture
def open_as(window: Callable[..., Any], closed: Any, complaints: Any) -> Callable[..., Any]:
    """A browser of somebody of the school, in a language."""

    def start(who: str = Role.COORDINATOR, language: str = "nl", **looks: Any) -> Any:
        Person.objects.filter(pk=closed.town.people[who].pk).update(language=language)
        context = window(closed.town.people[who], reduced_motion="reduce", **looks)
        context.add_init_script(complaints.script)
        return context.new_page()

    return start


def test_from_a_closed_wave_to_an_action_with_an_owner_and_a_day(
    closed: Any, open_as: Callable[..., Any]
) -> None:
    page = open_as(language="en", viewport={"width": 360, "height": 720})
    page.goto(reverse("school", args=[closed.school.slug]))
    page.get_by_role("main").get_by_role("link", name="Choose").first.click()
    finding = page.locator("article").first
    assert "not chosen yet · 6 weeks" in finding.inner_text()
    finding.get_by_role("button", name="We do something").click()
    page.locator("article").get_by_role("link", name="Plan this").first.click()
    page.get_by_label("Who sees to it?").select_option(label="Teacher")
    page.get_by_label("5A").check()
    if page.get_by_label("What changes at school besides?").count():
        page.locator("[name=companion]").first.check()
    page.get_by_role("button", name="Plan it").click()
    page.get_by_text("Planned. Who sees to it finds it").wait_for()
    with scope(school=closed.school):
        row = PlannedAction.objects.latest("pk")
    assert (row.owner_name, row.places) == ("Teacher", ["5A"])
    assert row.check_on - row.starts_on == dt.timedelta(weeks=8)
    owner = open_as(Role.TEACHER, language="en", viewport={"width": 360, "height": 720})
    owner.goto(reverse("actions", args=[closed.school.slug]))
    owner.locator("article a").first.click()
    owner.get_by_label("What did you do?").fill("Four mails.")
    owner.get_by_role("button", name="Keep this step").click()
    owner.locator("#steps dd", has_text="Four mails.").wait_for()


def test_leaving_it_as_it_is_asks_for_a_reason_by_keyboard(closed: Any, open_as: Callable[..., Any]) -> None:
    page = open_as(language="en")
    page.goto(reverse("choices", args=[closed.school.slug]))
    before = page.locator("article:has(.answers)").count()
    summary = page.locator("summary", has_text="Knowingly leave it").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("We look again in spring.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Your choice is kept.").wait_for()
    page.goto(reverse("choices", args=[closed.school.slug]))
    assert page.locator("article:has(.answers)").count() == before - 1
    assert page.get_by_text("We look again in spring.").is_visible()


@pytest.fixture
def pages(closed: Any) -> list[str]:
    """Every page of the plan, with something on each: open, chosen, left; due, planned and stopped."""
    school, people = closed.school, closed.town.people
    act, left = closed.signals[0], closed.signals[-1]
    person, wave = people[Role.COORDINATOR], closed.record.wave

    def plan(start: dt.date, **wanted: str) -> PlannedAction:
        facts = Facts(
            people[Role.TEACHER], "class", ("5A", "5B"), start, start + PlannedAction.EIGHT_WEEKS, 12
        )
        return services.plan(school=school, wanted=Wanted(act, **wanted), facts=facts, today=TODAY)

    with scope(school=school):
        for answer in (Answer(act, "act", "", 0), Answer(left, "leave", "No hours this year.", 0)):
            services.choose(school=school, wave=wave, answer=answer, person=person, today=TODAY)
        due = plan(TODAY - dt.timedelta(weeks=9), name=ON_PUPILS.id, companion=ON_PUPILS.with_[0])
        stopped = plan(TODAY, title="Thee aan de poort " + "w" * 90)
        services.move(planned=stopped, status="stopped", reason="Niemand kwam.", today=TODAY)
        services.note(
            planned=due, step=Step("Twee lessen", "Stil", "Met de raad"), person=person, today=TODAY
        )
    at = {"school": school.slug}
    named = [("choices", {}), ("actions", {}), ("decision", {"signal": act}), ("decision", {"signal": left})]
    named += [("action-plan", {"signal": act, "name": name}) for name in ("own", ON_PUPILS.id)]
    named += [("action", {"pk": due.pk}), ("action", {"pk": stopped.pk}), ("action-change", {"pk": due.pk})]
    return [reverse(name, kwargs=at | more) for name, more in named]


@pytest.mark.parametrize("language", LOOKS)
def test_pages_of_the_plan_are_clean_wide_and_narrow_by_day_and_by_night(
    language: str, pages: list[str], open_as: Callable[..., Any], complaints: Callable[..., list[object]]
) -> None:
    page = open_as(language=language)
    wrong: dict[str, object] = {}
    for path in pages:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if (shape := page.evaluate(SHAPE)) != [0, 1]:
                wrong[f"{path} {width}"] = shape
            if small := page.evaluate(SMALL):
                wrong[f"{path} {width} small"] = small
        for width, scheme in LOOKS[language]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if found := complaints(page):
                wrong[f"{path} {width} {scheme}"] = found
    assert wrong == {}
