import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.actions import school_scan
from erbij.actions.school_scan import Answer, Piece
from erbij.actions.words import Words
from erbij.errors import ActionError
from erbij.instruments import registry as instruments
from erbij.words import LANGUAGES
from tests.actions.conftest import cell, release

SCANS = {scan.opportunity: scan for scan in school_scan.scans()}
WELCOME = SCANS["welcome"]
OTHER = ("home-language", "other")


def all_of(value, left_out=()):
    return [Answer(item.id, value, left_out) for item in WELCOME.items]


def test_there_is_a_short_scan_for_each_opportunity():
    assert list(SCANS) == ["teams", "curriculum", "welcome", "environment", "co-creation"]
    assert all(6 <= len(scan.items) <= 8 for scan in SCANS.values())


@pytest.mark.parametrize("scan", SCANS.values(), ids=lambda scan: scan.opportunity)
def test_every_item_asks_in_three_languages_and_concerns_what_instruments_ask(scan):
    items = instruments.load("erbij-pupils-13-18").items
    for text in (scan.title, scan.done_by, scan.for_whom, *(item.text for item in scan.items)):
        assert set(text) == set(LANGUAGES)
        assert len(set(text.values())) == 3
    for item in scan.items:
        assert item.breakdowns
        assert set(item.breakdowns) <= set(items)
        assert all(item.text[language].endswith("?") for language in LANGUAGES)
    assert all(scan.for_whom[language].endswith("?") for language in LANGUAGES)


def test_the_score_is_what_is_there_of_what_could_be():
    assert school_scan.score(WELCOME, all_of(2)) == 100.0
    assert school_scan.score(WELCOME, all_of(0)) == 0.0
    assert school_scan.score(WELCOME, [*all_of(2)[:3], *all_of(1)[3:]]) == 75.0


def test_what_nobody_knows_does_not_count_and_too_little_is_no_score():
    answers = all_of(2)
    assert school_scan.score(WELCOME, [*answers[:5], Answer("names", None)]) == 100.0
    assert school_scan.score(WELCOME, answers[:4]) is None
    assert school_scan.score(WELCOME, []) is None


@pytest.mark.parametrize(
    ("value", "pupils", "agreement"),
    [
        (2, 60.0, "agree-high"),
        (0, 40.0, "agree-low"),
        (2, 40.0, "blind-spot"),
        (0, 60.0, "hidden-strength"),
        (2, 51.0, "unclear"),
        (2, None, "not-told"),
    ],
)
def test_a_scan_stands_beside_what_pupils_said(value, pupils, agreement):
    found = school_scan.beside(WELCOME, all_of(value), release(cell("mean:lever-welcome", pupils)))
    assert found.agreement == agreement
    assert {Words(language).tell(found.sentence) for language in LANGUAGES}


def test_nothing_is_said_without_a_score():
    found = school_scan.beside(WELCOME, [], release(cell("mean:lever-welcome", 40.0)))
    assert (found.agreement, found.score) == ("not-told", None)


def test_an_item_that_is_there_for_everyone_is_a_blind_spot_where_its_group_belongs_less():
    made = release(cell("gap", -9.0, group=OTHER))
    found = school_scan.beside(WELCOME, all_of(2), made)
    assert {item.id for item, _ in found.blind_spots} == {
        item.id for item in WELCOME.items if "home-languages" in item.breakdowns
    }
    assert {gap.id for _, gap in found.blind_spots} == {"gap.home-language.other"}
    assert school_scan.beside(WELCOME, all_of(1), made).blind_spots == ()
    assert school_scan.beside(WELCOME, all_of(2), release(cell("gap", 0.0, group=OTHER))).blind_spots == ()


def test_a_group_that_the_team_sees_left_out_may_be_seen_before_the_figures_show_it():
    answers = [Answer("names", 1, ("home-languages", "gender"))]
    found = school_scan.beside(WELCOME, answers, release(cell("gap", -9.0, group=OTHER)))
    assert [(item.id, name) for item, name in found.seen_first] == [("names", "gender")]


def test_the_coverage_matrix_counts_pieces_and_puts_the_absent_first():
    sample = [
        Piece("reader", {"migration": "lead", "disability": "stereotyped"}),
        Piece("history", {"migration": "named"}),
        Piece("sums", {}),
    ]
    rows = school_scan.coverage(sample, ("migration", "disability", "poverty"))
    assert {row.kind for row in rows[:2]} == {"disability", "poverty"}
    migration = rows[2]
    assert (migration.lead, migration.named, migration.stereotyped, migration.absent) == (1, 1, 0, 1)
    assert all(row.lead + row.named + row.stereotyped + row.absent == 3 for row in rows)
    with pytest.raises(ActionError, match="no such kind or role"):
        school_scan.coverage([Piece("reader", {"migration": "hero"})], ("migration",))


def test_of_the_team_nothing_is_told_that_could_point_at_somebody():
    assert school_scan.represented({"a": 15, "b": 15}, 10) == {"a": 50.0, "b": 50.0}
    assert school_scan.represented({"a": 30, "b": 10, "c": 0}, 10) == {"a": 75.0, "b": 25.0, "c": 0.0}
    assert school_scan.represented({"a": 31, "b": 9}, 10) is None
    assert school_scan.represented({"a": 40, "b": 0}, 10) is None
    with pytest.raises(ActionError):
        school_scan.represented({"a": 40, "b": 12}, 3)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40), min_size=1))
def test_no_told_group_of_the_team_is_small(counts):
    told = school_scan.represented(counts, 10)
    if told is not None:
        assert all(count == 0 or count >= 10 for count in counts.values())
        assert sum(told.values()) == pytest.approx(100)


@pytest.mark.parametrize(
    "answers",
    [[Answer("elsewhere", 1)], [Answer("names", 1), Answer("names", 2)], [Answer("names", 3)]],
)
def test_refuses_answers_to_what_was_not_asked(answers):
    with pytest.raises(ActionError):
        school_scan.score(WELCOME, answers)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('breakdowns = ["new-here", "born-here"]', "breakdowns = []", "a breakdown that it concerns"),
        ('id = "first-day"', 'id = "enrolment-mail"', "an id of its own"),
        ('opportunity = "welcome"', 'opportunity = "teams"', "not the name of the file"),
        ("for_whom = {", "for_who = {", "unknown key"),
    ],
)
def test_refuses_a_scan_that_is_not_as_it_must_be(tmp_path, old, new, said):
    from importlib.resources import files  # noqa: PLC0415 - only here

    source = (files("erbij.actions") / "scans" / "welcome.toml").read_text("utf-8")
    assert old in source
    path = tmp_path / "welcome.toml"
    path.write_text(source.replace(old, new, 1), "utf-8")
    with pytest.raises(ActionError, match=re.escape(said)):
        school_scan.read(path)
