"""What becomes of ideas, on the page for pupils: the outcome of the vote, and every answer."""

import datetime as dt
from collections.abc import Iterator

from django.utils import translation
from django.utils.formats import date_format

from erbij.web.ideas import queries
from erbij.web.ideas.models import Idea, Round
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.told_back import Answered, Part
from erbij.web.surveys import pupil_words


def of(record: ReleaseRecord, language: str) -> Iterator[Part]:
    """The rounds of a page that a coordinator lets pupils read."""
    words = pupil_words.words(language)
    for asked, ideas in queries.told_about(record):
        yield Part(
            heading=words["told_title"],
            question=asked.question,
            sentences=tuple(_of_the_vote(asked, language)),
            answers=tuple(_answered(idea, language) for idea in ideas),
        )


def amount(asked: Round, number: int, language: str) -> str:
    r"""Money or hours in words.

    >>> amount(Round(unit="euros"), 120, "nl")
    '€\xa0120'
    """
    if asked.unit == Round.Unit.EUROS:
        return f"€\u00a0{number}"
    return pupil_words.words(language)["hours"].replace("{n}", str(number))


def _of_the_vote(asked: Round, language: str) -> Iterator[str]:
    if asked.left is None:
        return
    words = pupil_words.words(language)
    yield words["told_method"].replace("{n}", amount(asked, asked.budget, language))
    yield words["told_left"].replace("{n}", amount(asked, asked.left, language))


def _answered(idea: Idea, language: str) -> Answered:
    words = pupil_words.words(language)
    notes = [words["told_won"]] if idea.is_bought else []
    if idea.votes is not None:
        notes.append(words["told_votes"].replace("{n}", str(idea.votes)))
    return Answered(
        what=idea.title,
        hidden="" if idea.title else words["told_hidden"],
        verdict=words[f"told_{idea.verdict}"],
        why=idea.why,
        by=_day(idea.by, language) if idea.by else "",
        notes=tuple(notes),
    )


def _day(day: dt.date, language: str) -> str:
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")
