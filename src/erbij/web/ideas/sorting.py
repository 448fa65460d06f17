"""What a coordinator does with one idea: let through, put with another, not show, answer."""

import datetime as dt

from django.db import transaction

from erbij.web.ideas.models import Idea, Round
from erbij.web.ideas.refusals import Refusal

State, Verdict = Idea.State, Idea.Verdict


@transaction.atomic
def let_through(*, idea: Idea, title: str, cost: int | None) -> None:
    """Show an idea to pupils under a plain title; without a cost there is nothing to choose.

    Raises
    ------
    Refusal
        `wrong-stage`, `no-title` or `too-dear`.
    """
    found = _sortable(idea)
    if not title.strip():
        raise Refusal("no-title")
    if cost and found.round.budget and cost > found.round.budget:
        raise Refusal("too-dear")
    _sort(found, State.ON, title=title.strip(), cost=cost)


@transaction.atomic
def put_with(*, idea: Idea, into: Idea | None) -> None:
    """Put an idea with a like one, whose title, cost and answer it shares.

    Raises
    ------
    Refusal
        `wrong-stage` or `no-target`.
    """
    found = _sortable(idea)
    if into is None or into.pk == found.pk or into.round_id != found.round_id or into.state != State.ON:
        raise Refusal("no-target")
    Idea.objects.filter(into=found).update(into=into)
    _sort(found, State.MERGED, into=into)


@transaction.atomic
def keep_back(*, idea: Idea, why: str) -> None:
    """Do not show an idea; pupils read why, and not what it said.

    Raises
    ------
    Refusal
        `wrong-stage` or `no-why`.
    """
    found = _sortable(idea)
    if not why.strip():
        raise Refusal("no-why")
    _sort(found, State.OFF, verdict=Verdict.NO, why=why.strip())


@transaction.atomic
def call_for_help(*, idea: Idea) -> None:
    """Mark an idea as a call for help: pupils never see it, and somebody has to look after it.

    Raises
    ------
    Refusal
        `wrong-stage`.
    """
    _sort(_sortable(idea), State.HELP)


@transaction.atomic
def looked_after(*, idea: Idea) -> None:
    """Note that the school did what it does after a call for help; the words are erased at once.

    Raises
    ------
    Refusal
        `wrong-stage`.
    """
    if idea.state != State.HELP:
        raise Refusal("wrong-stage")
    idea.text = ""
    idea.save(update_fields=["text"])


@transaction.atomic
def answer(*, idea: Idea, verdict: str, why: str, by: dt.date | None) -> None:
    """Answer an idea: yes, no or later, why, and by when.

    Raises
    ------
    Refusal
        `wrong-stage` or `no-why`.
    """
    if idea.round.stage != Round.Stage.ANSWERS or idea.state not in (State.ON, State.OFF):
        raise Refusal("wrong-stage")
    if verdict not in Verdict.values or not why.strip():
        raise Refusal("no-why")
    idea.verdict, idea.why, idea.by = verdict, why.strip(), by
    idea.save(update_fields=["verdict", "why", "by"])


def _sortable(idea: Idea) -> Idea:
    # The round first: who moves it on at this moment holds it.
    asked = Round.objects.select_for_update().get(pk=idea.round_id)
    if asked.stage != Round.Stage.SORTING or (idea.state == State.HELP and not idea.text):
        raise Refusal("wrong-stage")
    return idea


def _sort(idea: Idea, state: str, **fields: object) -> None:
    """Put an idea in a state; what it got in another one goes."""
    if state != State.ON:
        Idea.objects.filter(into=idea).update(into=None, state=State.NEW)
    blank: dict[str, object] = {"title": "", "cost": None, "into": None, "verdict": "", "why": "", "by": None}
    for name, value in {**blank, **fields, "state": state}.items():
        setattr(idea, name, value)
    idea.save()
