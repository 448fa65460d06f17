import pytest

from erbij.errors import ReportError
from erbij.reports.words import Words

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nl", "1.234,6"), ("en", "1,234.6"), ("fr", f"1{NARROW}234,6")],
)
def test_number_is_written_as_the_reader_writes_it(language, expected):
    assert Words(language).number(1234.56, 1) == expected


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize("value", [-0.04, -0.0, 0.04])
def test_zero_has_no_sign(language, value):
    assert Words(language).number(value, 1) in {"0,0", "0.0"}


@pytest.mark.parametrize(
    ("gap", "expected"), [(-0.4, "less than 1 point"), (0.6, "1 point"), (-1.0, "1 point"), (4.4, "4 points")]
)
def test_points_tell_a_size_without_a_sign(gap, expected):
    assert Words("en").points(gap) == expected


def test_another_language_is_refused_and_names_ours():
    with pytest.raises(ReportError, match="allowed: nl, en, fr"):
        Words("de")


def test_unknown_message_and_missing_value_are_refused():
    with pytest.raises(ReportError, match="no such message"):
        Words("en").say("no-such-thing")
    with pytest.raises(ReportError, match="lacks a value"):
        Words("en").say("level-lead", mean="60")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ({"nl": "jongens", "en": "boys"}, "jongens"),
        ({"en": "boys", "fr": "garçons"}, "boys"),
        ({"fr": "garçons"}, "garçons"),
        ({}, "the-id"),
        ({"nl": ""}, "the-id"),
    ],
)
def test_label_falls_back_to_english_then_any_then_the_id(text, expected):
    assert Words("nl").label(text, "the-id") == expected
