"""The six questions: every section of a report stands on a page, and every page has something to say."""

from dataclasses import replace

import pytest

from erbij.privacy.release import Card
from erbij.reports import pages, report
from erbij.reports.pages import ALWAYS, HOW, PLACES, QUESTIONS, WHY
from erbij.reports.report import SECTIONS
from erbij.reports.words import LANGUAGES


def arranged(release, language="en"):
    return pages.arrange(report.describe(release, language), release.card.instrument.audience)


def page(release, id_, language="en"):
    return next(each for each in arranged(release, language) if each.id == id_)


def test_every_section_that_can_be_told_has_a_page(make_release):
    told = report.describe(make_release(), "nl").sections
    modules = {tell.__module__.rpartition(".")[2] for tell in SECTIONS}
    assert {section.id for section in told} <= modules
    assert modules <= PLACES.keys()
    assert set(PLACES.values()) <= {*QUESTIONS, HOW, ALWAYS, WHY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_section_is_lost_and_none_stands_twice(make_release, language):
    told = report.describe(make_release(), language)
    found = [section.id for each in pages.arrange(told, "pupils") for section in each.sections]
    found += [section.id for place in (HOW, ALWAYS, WHY) for section in pages.sections_of(told, place)]
    assert sorted(found) == sorted(section.id for section in told.sections)


@pytest.mark.parametrize("audience", ["pupils", "parents", "staff"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_six_pages_have_a_question_an_answer_and_three_things_to_talk_about(
    make_release, language, audience
):
    card: Card = make_release().card
    given = make_release(instrument=replace(card.instrument, audience=audience), breakdowns=())
    found = arranged(given, language)
    assert [(each.id, each.number) for each in found] == [(id_, n) for n, id_ in enumerate(QUESTIONS, 1)]
    for each in found:
        assert each.question.endswith("?"), each.id
        assert each.answer.endswith("."), each.id
        assert len(set(each.talk)) == 3
        assert all("?" in question for question in each.talk)
        assert bool(each.absent) != bool(each.sections), each.id


def test_answer_about_groups_names_those_for_which_school_fits_less(make_release):
    assert page(make_release(), "groups").answer == (
        "School now fits less for “gender: girls” and “gender: another” than for everyone together."
    )
    equal = make_release(groups=dict.fromkeys(("girls", "boys", "another"), 68.4))
    assert page(equal, "groups").answer.startswith("None of the groups shown")


def test_what_to_talk_about_depends_on_what_was_found(make_release):
    equal = make_release(groups=dict.fromkeys(("girls", "boys", "another"), 68.4))
    some, none = (page(release, "groups").talk for release in (make_release(), equal))
    assert some[0] != none[0]
    assert some[1:] == none[1:]
    alike = {("discrimination", "minority-much", "difference:minority-little"): 0.4}
    assert page(make_release(), "origin").talk[0] != page(make_release(cells=alike), "origin").talk[0]


def test_without_an_earlier_release_the_page_of_change_says_when_it_comes(make_release):
    found = page(make_release(), "change")
    assert (found.sections, found.answer) == ((), found.absent)
    assert "Once you close another survey" in found.absent


def test_opportunities_are_told_from_end_to_end_and_never_ranked(make_release):
    found = page(make_release(), "opportunities")
    assert "between 56 and 63" in found.answer
    assert [row.id for row in found.sections[0].figures[0].rows] == ["lever-teams"]
    hidden = make_release(hide=lambda key: key[2] == "mean:lever-teams")
    assert "not shown" in page(hidden, "opportunities").answer
    without = make_release(scales=make_release().card.scales[:2])
    assert page(without, "opportunities").absent


def test_place_of_honour_is_for_treatment_or_else_for_the_first_picture_that_is_shown(make_release):
    first = pages.emblem(report.describe(make_release(), "en"))
    assert first is not None
    assert (first[0].id, first[1].title) == ("treatment", "Origin or treatment?")
    hidden = make_release(hide=lambda key: key[0] == "discrimination")
    second = pages.emblem(report.describe(hidden, "en"))
    assert second is not None
    assert second[0].id == "level"
    assert "be told from treatment here" in page(hidden, "origin").answer
    assert pages.emblem(report.describe(make_release(hide=lambda _: True), "en")) is None
