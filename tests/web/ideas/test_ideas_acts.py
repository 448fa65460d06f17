"""What a team does with a round of ideas is written as an act; when a board was lit is not."""

import pytest
from django_scopes import scope

from erbij.web.ideas import services
from erbij.web.ideas.models import Round
from erbij.web.ideas.refusals import Refusal
from erbij.web.records import queries
from erbij.web.records.services import Kind


def written(asked: Round) -> list[tuple[str, str]]:
    """Acts about this round, the oldest first."""
    with scope(school=asked.school):
        thing = f"ideas:{asked.code}"
        return [(act.kind, act.thing) for act in reversed(queries.acts()) if act.thing == thing]


@pytest.fixture
def voting(asked: Round) -> Round:
    """A round whose votes can be counted."""
    with scope(school=asked.school):
        Round.objects.filter(pk=asked.pk).update(stage=Round.Stage.VOTE)
    return asked


def test_from_asking_to_the_end(voting: Round) -> None:
    with scope(school=voting.school):
        services.count_votes(asked=voting)
        services.tell(asked=voting, is_told=True)
        services.tell(asked=voting, is_told=False)
        services.tell(asked=voting, is_told=True)
        services.finish(asked=voting)
    kinds = [kind for kind, _thing in written(voting)]
    told = [Kind.ANSWERS_TOLD, Kind.ANSWERS_KEPT, Kind.ANSWERS_TOLD]
    assert kinds == [Kind.IDEAS_ASKED, Kind.VOTES_COUNTED, *told, Kind.IDEAS_ENDED]


def test_a_board_leaves_no_act(asked: Round) -> None:
    with scope(school=asked.school):
        before = len(queries.acts())
        services.put_on_board(asked=asked)
        services.take_off_board(asked=asked)
        assert len(queries.acts()) == before


def test_what_is_refused_is_not_written(asked: Round) -> None:
    with scope(school=asked.school), pytest.raises(Refusal):
        services.tell(asked=asked, is_told=True)
    assert written(asked) == [(Kind.IDEAS_ASKED, f"ideas:{asked.code}")]
