"""From a closed wave to plans, the next wave, and what it tells: two actions truly work and one does not."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.instruments import registry
from erbij.privacy import gate
from erbij.studies import town as towns
from erbij.studies.opening import open_study
from erbij.studies.town_files import INSTRUMENT
from erbij.web.accounts.models import Person
from erbij.web.plans.models import Draw, PlannedAction
from erbij.web.plans.views import lots
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools import services as schools
from erbij.web.schools.models import Grade
from erbij.web.schools.roles import Role
from erbij.web.surveys import services as surveys
from erbij.web.surveys.models import Wave

TODAY = dt.date.today()
FIRST = TODAY - dt.timedelta(weeks=6)
NEXT = TODAY + dt.timedelta(weeks=12)
QUARTER_OF_AN_HOUR = 900
SECONDS_A_CLICK = 8
"""Time to read what stands there, and to find the next thing; a machine needs none."""
BY_LOT, BY_NEED, NOTHING = "buddies", "home visits", "posters"
IN_LOTS, NEEDED, WITH_POSTERS = slice(0, 10), slice(10, 15), slice(15, 20)


@pytest.fixture(scope="module")
def answers() -> towns.Town:
    """One school of 26 classes: twenty get an action in the end, six get none."""
    return towns.make(1, 560, seed=4)


def asked(made: towns.Town, folder: Path, seed: int, up: Iterable[str] = ()) -> Any:
    """What the gate lets out of other pupils of the same classes; in some most answers are one step up."""
    rng = np.random.default_rng(seed)
    rows = np.arange(made.frame.height)
    names = made.frame["class"].to_numpy()
    drawn = np.concatenate([rng.choice(rows[names == one], (names == one).sum()) for one in np.unique(names)])
    frame = made.frame[drawn]
    chosen = frame["class"].is_in([*up])
    for item in registry.load(INSTRUMENT).items.values():
        if item.scale == "belonging":
            moved = pl.Series(rng.random(frame.height) < 0.7) & chosen & frame[item.id].is_between(1, 4)
            frame = frame.with_columns((pl.col(item.id) + moved.cast(pl.Int64)).alias(item.id))
    towns.write(towns.Town(frame, made.asked, made.truth), folder)
    return gate.release(open_study(folder / "made-up-answers.csv", folder / "STUDY.toml"))


@pytest.fixture
def close(town: Any, answers: towns.Town, tmp_path: Path) -> Callable[..., None]:
    """A wave that closed on a day, with its release."""

    def put(on: dt.date, *, seed: int, up: Iterable[str] = ()) -> None:
        text = files.to_text(asked(answers, tmp_path / f"{on}", seed, up))
        with scope(school=town.school):
            wave = surveys.create_wave(school=town.school, title=f"{on}", instrument=INSTRUMENT)
            Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
            kept = {"closed_on": on, "text": text, "sha256": files.hash_of(text)}
            ReleaseRecord.objects.create(school=town.school, wave=wave, **kept)

    return put


@pytest.fixture
def school(town: Any, answers: towns.Town, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The school of these answers, with its classes; its lots fall the same each time."""
    monkeypatch.setattr(lots.secrets, "randbelow", lambda _below: 7)
    names = sorted(answers.frame["class"].unique())
    with scope(school=town.school):
        schools.add_classes(grade=Grade.objects.get(), rows=[(name, 22) for name in names])
    Person.objects.update(language="en")
    return SimpleNamespace(slug=town.school.slug, row=town.school, people=town.people, classes=names)


class Hand:
    """A hand that clicks and fills in, and counts what it did."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def click(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role("main").get_by_role(role, name=name).first.click()

    def check(self, names: Iterable[str]) -> None:
        for name in names:
            self.count += 1
            self.page.locator(f"[name=places][value='class|{name}']").check()

    def pick(self, label: str, option: str) -> None:
        self.count += 2
        self.page.get_by_label(label).select_option(label=option)

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_label(label).fill(text)


def plan(hand: Hand, signal: str, title: str, places: Iterable[str], why: str) -> None:
    """Plan an action of the school's own for the finding that is chosen about, from its page."""
    hand.page.goto(signal)
    hand.count += 1
    hand.page.locator("main a[href$='/plan/own/']").first.click()
    hand.fill("What will you do?", title)
    hand.pick("Who sees to it?", "Teacher")
    hand.pick("Why there?", why)
    hand.check(places)
    hand.click("button", "Plan it")
    hand.page.get_by_text("Planned. Who sees to it finds it").wait_for()


def runs(hand: Hand, address: str) -> None:
    hand.page.goto(address)
    hand.page.locator("summary", has_text="Say how far it is").click()
    hand.page.get_by_label("How far is it?").select_option("running")
    hand.page.get_by_role("button", name="Keep", exact=True).click()
    hand.page.get_by_text("Changed.").wait_for()


def test_two_actions_that_work_are_seen_and_one_that_does_not_is_not(
    school: Any,
    close: Callable[..., None],
    window: Callable[..., Any],
    complaints: Callable[..., list[object]],
    record_property: Callable[[str, object], None],
) -> None:
    close(FIRST, seed=1)
    page = window(school.people[Role.COORDINATOR], viewport={"width": 1280, "height": 900}).new_page()
    hand, began = Hand(page), time.monotonic()
    page.goto(reverse("school", args=[school.slug]))
    hand.click("link", "Choose")
    hand.click("button", "We do something")
    signal = page.url
    for title, places, why in (
        (BY_LOT, IN_LOTS, "Drawn by lot"),
        (BY_NEED, NEEDED, "Where the need is largest"),
        (NOTHING, WITH_POSTERS, "Where people wanted it"),
    ):
        # Lots settle the places of their action; until then it stands in one.
        plan(hand, signal, title, school.classes[places][: 1 if title == BY_LOT else None], why)
        if title == BY_LOT:
            hand.click("link", "Draw lots for who starts first")
            hand.check(school.classes[places])
            assert complaints(page) == []
            hand.click("button", "Draw lots")
            page.get_by_text("The lots are drawn").wait_for()
            assert page.get_by_text("Seed 7:").is_visible()
    took = time.monotonic() - began
    record_property("clicks", hand.count)
    record_property("seconds", round(took, 1))
    assert hand.count * SECONDS_A_CLICK + took < QUARTER_OF_AN_HOUR
    with scope(school=school.row):
        drawn = Draw.objects.get()
        rows = list(PlannedAction.objects.order_by("starts_on", "pk"))
    assert len(rows) == 4
    assert all(row.owner_name == "Teacher" and row.check_on > row.starts_on for row in rows)
    for row in rows[:3]:
        runs(hand, reverse("action", args=[school.slug, row.pk]))
    up = [*drawn.turns[0], *school.classes[NEEDED]]
    close(NEXT, seed=2, up=up)
    page.goto(reverse("look-back", args=[school.slug]))
    told = {
        title: page.locator("article", has_text=title).first.inner_text()
        for title in (BY_LOT, BY_NEED, NOTHING)
    }
    assert "points more than where it did not" in told[BY_LOT]
    assert "Where it ran first was decided by lot." in told[BY_LOT]
    assert "points more than where it did not" in told[BY_NEED]
    assert "decided by lot" not in told[BY_NEED]
    assert "points more than where it did not" not in told[NOTHING]
    assert "points less than where it did not" not in told[NOTHING]
    assert all(
        "Places where another action ran are not compared." in one
        for one in told.values()
        if one != told[BY_LOT]
    )
    assert complaints(page) == []
