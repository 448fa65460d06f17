"""Writes of the team: opening a round, its board, sorting, moving on, answering. Of pupils: handing_in.py."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from erbij.web.ideas import counting, queries
from erbij.web.ideas.models import Idea, Receipt, Round
from erbij.web.ideas.refusals import Refusal
from erbij.web.records import services as records
from erbij.web.results.models import PupilsPage
from erbij.web.surveys import mixing, words

LESSON = dt.timedelta(hours=1)
"""How long a word stands on a board."""
PARTS = 3
"""Words: nobody counts how many hand in at a board, so that guessing has to be harder than with a class."""
MOST_DRAWS = 50
LONGEST_ROUND = dt.timedelta(days=92)


@transaction.atomic
def open_round(*, page: PupilsPage, question: str, until: dt.date, pupils: int, **fields: object) -> Round:
    """Ask pupils for ideas after what they read on a page.

    Parameters
    ----------
    fields
        `unit`, `budget` and `who` of the round.

    Raises
    ------
    Refusal
        `not-public`, `already-running`, `wrong-day` or `nobody`.
    """
    today = timezone.localdate()
    if not page.is_public:
        raise Refusal("not-public")
    if not today <= until <= today + LONGEST_ROUND:
        raise Refusal("wrong-day")
    if pupils < 1:
        raise Refusal("nobody")
    if Round.objects.filter(page=page).exclude(stage=Round.Stage.CLOSED).exists():
        raise Refusal("already-running")
    made: Round = Round.objects.create(
        school_id=page.school_id,
        page=page,
        question=question.strip(),
        until=until,
        pupils=pupils,
        since=today,
        **fields,
    )
    _note(records.Kind.IDEAS_ASKED, made)
    return made


@transaction.atomic
def put_on_board(*, asked: Round) -> Round:
    """Give a round a word for one lesson; the one that stands there is given again.

    Raises
    ------
    Refusal
        `closed`.
    """
    locked = _locked(asked)
    if not locked.takes:
        raise Refusal("closed")
    if not locked.is_on_board:
        locked.word, locked.word_until = _free_word(locked), timezone.now() + LESSON
        locked.save(update_fields=["word", "word_until"])
    return locked


def _free_word(asked: Round) -> str:
    for _ in range(MOST_DRAWS):
        word = words.new_word(asked.school.language, parts=PARTS)
        try:
            with transaction.atomic():
                Round.objects.filter(pk=asked.pk).update(word=word)
        except IntegrityError:
            continue  # it stands on another board
        return word
    raise RuntimeError("no free word")


@transaction.atomic
def take_off_board(*, asked: Round) -> None:
    """End the lesson; who is still writing has a few minutes (`queries.GRACE`)."""
    locked = _locked(asked)
    if locked.is_on_board:
        locked.word_until = timezone.now()
        locked.save(update_fields=["word_until"])


def stop_proposing(*, asked: Round) -> None:
    """No more ideas: they are mixed and can be read. Outside any transaction.

    Raises
    ------
    Refusal
        `wrong-stage`.
    """
    with transaction.atomic():
        locked = _at(asked, Round.Stage.IDEAS)
        Receipt.objects.filter(round=locked).delete()
        _move(locked, Round.Stage.SORTING)
        mixing.note_due(locked.page.record.wave)
    mixing.catch_up()


@transaction.atomic
def start_voting(*, asked: Round) -> None:
    """Let pupils choose; titles and costs stay from now on.

    Raises
    ------
    Refusal
        `wrong-stage`, `unread` or `nothing-to-choose`.
    """
    locked = _at(asked, Round.Stage.SORTING)
    _check_read(locked)
    if not locked.budget or not queries.to_choose(locked):
        raise Refusal("nothing-to-choose")
    _move(locked, Round.Stage.VOTE)


@transaction.atomic
def answer_without_vote(*, asked: Round) -> None:
    """Go on to the answers where nothing has to be divided.

    Raises
    ------
    Refusal
        `wrong-stage`, `unread` or `vote-first`.
    """
    locked = _at(asked, Round.Stage.SORTING)
    _check_read(locked)
    if locked.budget and queries.to_choose(locked):
        raise Refusal("vote-first")
    _move(locked, Round.Stage.ANSWERS)


def count_votes(*, asked: Round) -> None:
    """End the vote: keep what won, forget the votes, mix what the disk tells. Outside any transaction.

    Raises
    ------
    Refusal
        `wrong-stage`.
    """
    with transaction.atomic():
        locked = _at(asked, Round.Stage.VOTE)
        counting.count(locked)
        _move(locked, Round.Stage.ANSWERS, "told_votes", "left")
        _note(records.Kind.VOTES_COUNTED, locked)
        mixing.note_due(locked.page.record.wave)
    mixing.catch_up()


@transaction.atomic
def tell(*, asked: Round, is_told: bool) -> None:
    """Let pupils read the answers, or not any more.

    Raises
    ------
    Refusal
        `wrong-stage`, `unanswered`.
    """
    locked = _locked(asked)
    if locked.stage not in (Round.Stage.ANSWERS, Round.Stage.CLOSED):
        raise Refusal("wrong-stage")
    if is_told and queries.unanswered(locked):
        raise Refusal("unanswered")
    locked.told_on = timezone.localdate() if is_told else None
    locked.save(update_fields=["told_on"])
    _note(records.Kind.ANSWERS_TOLD if is_told else records.Kind.ANSWERS_KEPT, locked)


def finish(*, asked: Round) -> None:
    """End a round: what pupils wrote is erased, titles and answers stay. Outside any transaction.

    Raises
    ------
    Refusal
        `wrong-stage`, `unanswered` or `not-told`.
    """
    with transaction.atomic():
        locked = _at(asked, Round.Stage.ANSWERS)
        if queries.unanswered(locked):
            raise Refusal("unanswered")
        if not locked.is_told:
            raise Refusal("not-told")
        Idea.objects.filter(round=locked).update(text="")
        _move(locked, Round.Stage.CLOSED)
        _note(records.Kind.IDEAS_ENDED, locked)
        mixing.note_due(locked.page.record.wave)
    mixing.catch_up()


def _note(kind: records.Kind, asked: Round) -> None:
    """A round by its code. Not when a board was lit: that tells which class was there."""
    records.note(kind, school=asked.school_id, thing=f"ideas:{asked.code}")


def _locked(asked: Round) -> Round:
    return Round.objects.select_for_update().select_related("school").get(pk=asked.pk)


def _at(asked: Round, stage: str) -> Round:
    locked = _locked(asked)
    if locked.stage != stage:
        raise Refusal("wrong-stage")
    return locked


def _check_read(asked: Round) -> None:
    if Idea.objects.filter(round=asked, state=Idea.State.NEW).exists():
        raise Refusal("unread")


def _move(asked: Round, stage: str, *more: str) -> None:
    asked.stage, asked.since, asked.word, asked.word_until = stage, timezone.localdate(), "", None
    asked.save(update_fields=["stage", "since", "word", "word_until", *more])
