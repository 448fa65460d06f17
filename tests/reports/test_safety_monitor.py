"""The averages of the Dutch safety monitor: of the whole school, from the release, and what they are not."""

import csv
import io
from dataclasses import replace

import pytest

from erbij.errors import ReportError
from erbij.privacy.release import ScaleCard
from erbij.reports import safety_monitor
from erbij.reports.words import LANGUAGES

SCALES = (
    ScaleCard("safe", "outcome", {"en": "feeling safe"}, 50.0, True, 1, None, None, "social"),
    ScaleCard("bullied", "outcome", {"en": "being bullied"}, 50.0, False, 1, None, None, "social"),
    ScaleCard("mood", "outcome", {"en": "good mood"}, 50.0, True, 1, None, None, "psychological"),
)
MEANS = {
    ("everyone", "everyone", "mean:safe"): 81.3,
    ("everyone", "everyone", "mean:bullied"): 12.6,
    ("everyone", "everyone", "mean:mood"): None,
    ("gender", "girls", "mean:safe"): 77.7,
}


def rows(release, language="en"):
    return [*csv.DictReader(io.StringIO(safety_monitor.write(release, language).decode()))]


@pytest.fixture
def asked(make_release):
    return make_release(cells=MEANS, scales=SCALES)


def test_averages_of_the_whole_are_told_and_of_no_group(asked):
    told = {row["about"]: row for row in rows(asked)}
    safe, bullied = told["feeling safe"], told["being bullied"]
    assert (safe["subject"], safe["value"], safe["better"]) == (
        "safety as pupils feel it", "81.3", "higher is better",
    )  # fmt: skip
    assert (safe["low"], safe["high"], safe["pupils"]) == ("78.3", "84.3", "123")
    assert (bullied["subject"], bullied["better"]) == ("harm to safety", "lower is better")
    assert "77.7" not in safety_monitor.write(asked, "en").decode()


def test_what_is_withheld_and_what_was_not_asked_have_no_number(asked):
    told = {row["about"]: row for row in rows(asked)}
    hidden, absent = told["good mood"], told["discrimination"]
    assert hidden["state"] == "hidden to protect pupils"
    assert absent["state"] == "not asked"
    for row in (hidden, absent):
        assert [row[name] for name in ("value", "low", "high", "pupils")] == ["", "", "", ""]


def test_response_comes_first_and_what_it_is_not_last(asked, made_up):
    found = rows(asked)
    assert (found[0]["subject"], found[0]["value"]) == ("response, in %", "92.3")
    notes = [row["about"] for row in found if row["subject"] == "mind"]
    assert notes == [row["about"] for row in found[-3:]]
    for word, note in zip(("Averages", "no delivery", "not validated"), notes, strict=True):
        assert word in note
    assert "These data are made up." in [row["about"] for row in rows(replace_source(asked, made_up))]


def replace_source(release, source):
    return replace(release, card=replace(release.card, source=source))


def test_questions_that_are_validated_are_not_called_unvalidated(asked):
    card = replace(asked.card, instrument=replace(asked.card.instrument, status="validated"))
    assert "validated" not in safety_monitor.write(replace(asked, card=card), "en").decode()


def test_schools_of_one_study_have_their_own_rows(make_release):
    two = make_release(
        cells=MEANS, scales=SCALES, units={("school", "North"): 70.0, ("school", "South"): 60.0}
    )
    assert [row["school"] for row in rows(two)][:10] == ["North"] * 5 + ["South"] * 5
    assert "81.3" not in safety_monitor.write(two, "en").decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_that_was_asked(asked, language):
    assert rows(asked, language)[0]["subject"] in {"deelname, in %", "response, in %", "participation, en %"}
    assert len(rows(asked, language)) == len(rows(asked))


def test_release_that_is_about_something_else_is_refused(make_release):
    with pytest.raises(ReportError, match="safety monitor"):
        safety_monitor.write(make_release(), "nl")
    parents = make_release(cells=MEANS, scales=SCALES)
    of_parents = replace(parents.card, instrument=replace(parents.card.instrument, audience="parents"))
    assert not safety_monitor.is_asked(replace(parents, card=of_parents))
