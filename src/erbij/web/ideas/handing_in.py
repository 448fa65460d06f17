"""What pupils hand in: ideas and votes. Returns after it is committed; a retry is recognised."""

import hashlib
import unicodedata
import uuid
from collections.abc import Collection

from django.db import transaction
from django_scopes import scope

from erbij.web.ideas import queries
from erbij.web.ideas.models import LONGEST_IDEA, Idea, Receipt, Round, Vote
from erbij.web.ideas.refusals import Refusal

NOT_KEPT = ("Cc", "Cs", "Co", "Cn")
"""Kinds of signs that no keyboard writes: controls, halves of signs, and what Unicode does not know."""


def without_odd_signs(text: str) -> str:
    r"""The same words without signs that can't be kept, and with single spaces.

    >>> without_odd_signs("a\x00 bench  \n outside")
    'a bench outside'
    """
    return " ".join("".join(sign for sign in text if sign.isspace() or not _is_odd(sign)).split())


def _is_odd(sign: str) -> bool:
    return unicodedata.category(sign) in NOT_KEPT


def propose(*, asked: Round, token: str, text: str) -> bool:
    """Put an idea in the box; whether this was its first arrival.

    Parameters
    ----------
    token
        A UUID of the page; kept as a hash, apart from the idea, until the round is sorted.

    Raises
    ------
    Refusal
        `empty`, `too-long`, `signs`, `closed` or `full`.
    """
    words = without_odd_signs(text)
    if any(_is_odd(sign) and not sign.isspace() for sign in text):
        raise Refusal("signs")
    if not words:
        raise Refusal("empty")
    if len(words) > LONGEST_IDEA:
        raise Refusal("too-long")
    with scope(school=asked.school), transaction.atomic():
        locked = _locked(asked, Round.Stage.IDEAS)
        if not _is_first(locked, token):
            return False
        if Idea.objects.filter(round=locked).count() >= locked.most_ideas:
            raise Refusal("full")
        Idea.objects.create(round=locked, text=words)
        return True


def vote(*, asked: Round, token: str, chosen: Collection[str]) -> bool:
    """Keep which ideas a pupil chose; whether this was the first arrival of this page.

    Raises
    ------
    Refusal
        `empty` (also where nothing that was chosen is an idea of this round), `closed` or `full`.
    """
    with scope(school=asked.school), transaction.atomic():
        locked = _locked(asked, Round.Stage.VOTE)
        known = {str(idea.pk) for idea in queries.to_choose(locked)}
        if not (approved := sorted(known & set(chosen))):
            raise Refusal("empty")
        if not _is_first(locked, token):
            return False
        if Vote.objects.filter(round=locked).count() >= locked.pupils:
            raise Refusal("full")
        Vote.objects.create(round=locked, chosen=approved)
        return True


def _locked(asked: Round, stage: str) -> Round:
    locked = Round.objects.select_for_update().get(pk=asked.pk)
    if locked.stage != stage or not locked.takes:
        raise Refusal("closed")
    return locked


def _is_first(asked: Round, token: str) -> bool:
    # With the stage: a page of the first box is no page of the second.
    digest = hashlib.sha256(f"{asked.code}/{asked.stage}/{token}".encode()).hexdigest()
    _receipt, is_first = Receipt.objects.get_or_create(digest=digest, defaults={"round": asked})
    return bool(is_first)


def token_of(sent: str) -> str:
    """The token of a page, or a fresh one where it carries none that was made here."""
    try:
        found = uuid.UUID(sent)
    except ValueError:
        return str(uuid.uuid4())
    return str(found)
