"""What a chart says to those who do not see it."""

import pytest

from erbij.reports import figures
from erbij.reports.description import Row
from erbij.reports.words import LANGUAGES, Words


def rows(count: int) -> tuple[Row, ...]:
    label = "a girl who speaks the language of the school and another one, 51 to 150 books"
    return tuple(
        Row(str(i), label, value=40.0 + i, low=30.0, high=99.0, shown=str(40 + i)) for i in range(count)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_rows_are_spoken_one_by_one_and_of_many_how_far_they_reach(language):
    words = Words(language)
    few, many = (figures.alt(words, "Title", rows(count)) for count in (10, 400))
    assert all(str(40 + i) in few for i in range(10))
    assert "400" in many
    assert "40" in many
    assert "439" in many
    assert len(many) < 200


def test_many_rows_that_are_not_shown_are_said_once():
    hidden = tuple(Row(str(i), "label", shown="not shown") for i in range(300))
    assert figures.alt(Words("en"), "Title", hidden) == "Title not shown"
