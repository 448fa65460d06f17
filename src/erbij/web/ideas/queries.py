"""Reads of the ideas app. What is read while pupils still hand in says nothing of what they handed in."""

import datetime as dt

from django.utils import timezone
from django_scopes import scopes_disabled

from erbij.web.ideas.models import Idea, Round
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.surveys import words

GRACE = dt.timedelta(minutes=10)
"""After the word left the board who was still writing can hand in."""
TO_ANSWER = (Idea.State.NEW, Idea.State.ON, Idea.State.OFF)


def rounds_of(school_id: int) -> list[Round]:
    """The rounds of a school, newest first; needs its scope."""
    found = Round.objects.filter(school_id=school_id).select_related("page__record__wave")
    return list(found.order_by("-pk"))


def round_of(school_id: int, code: str) -> Round | None:
    """One round of a school; needs its scope."""
    found = Round.objects.filter(school_id=school_id, code=code)
    first: Round | None = found.select_related("page__record__wave", "school").first()
    return first


def pages_for_a_round(school_id: int) -> list[PupilsPage]:
    """Public pages of pupils that no round follows now, newest first; needs the school's scope."""
    running = Round.objects.filter(school_id=school_id).exclude(stage=Round.Stage.CLOSED).values("page")
    found = PupilsPage.objects.filter(school_id=school_id, approved_on__isnull=False).exclude(pk__in=running)
    return list(found.select_related("record__wave").order_by("-record__pk"))


def by_word(typed: str, *, is_writing: bool = False) -> Round | None:
    """The round whose word stands on a board; for who was writing already, also a little later.

    Outside any scope: a pupil who types a word is of no school yet.
    """
    word = words.as_typed(typed)
    if not word or not word.isprintable():
        return None  # the database would not take such signs, not even in a question
    since = timezone.now() - (GRACE if is_writing else dt.timedelta())
    with scopes_disabled():
        found = Round.objects.filter(word=word, word_until__gt=since)
        first: Round | None = found.select_related("page__record__wave", "school").first()
    return first if first is not None and first.takes else None


def ideas_of(round_: Round) -> list[Idea]:
    """The ideas of a round, in the order of their random keys; none while pupils still propose.

    Who saw them come in would know of which class they are.
    """
    if round_.stage == Round.Stage.IDEAS:
        return []
    return list(Idea.objects.filter(round=round_).select_related("into").order_by("pk"))


def to_choose(round_: Round) -> list[Idea]:
    """The ideas of which pupils choose: let through, with a cost; needs the school's scope."""
    return list(Idea.objects.filter(round=round_, state=Idea.State.ON, cost__gt=0).order_by("pk"))


def choices_of(round_: Round) -> list[Idea]:
    """The same for the page of a pupil; outside any scope."""
    with scopes_disabled():
        return to_choose(round_)


def unanswered(round_: Round) -> int:
    """How many ideas wait for an answer, or for somebody who looks after a call for help."""
    found = Idea.objects.filter(round=round_)
    waiting = found.filter(state__in=TO_ANSWER, verdict="")
    return waiting.count() + found.filter(state=Idea.State.HELP).exclude(text="").count()


def told_about(record: ReleaseRecord) -> list[tuple[Round, list[Idea]]]:
    """What pupils may read of the rounds that followed a page, oldest first; needs no scope."""
    with scopes_disabled():
        rounds = Round.objects.filter(page__record=record, told_on__isnull=False).order_by("pk")
        ideas = Idea.objects.exclude(verdict="").filter(state__in=TO_ANSWER)
        return [
            (one, list(ideas.filter(round=one).order_by("-is_bought", "verdict", "pk"))) for one in rounds
        ]
