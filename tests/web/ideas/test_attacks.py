"""Who has the disk, or presses twice at the same moment; on a database in a file, as a school has it."""

import random
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections
from django_scopes import scope

from erbij.web.ideas import handing_in, queries, services, sorting
from erbij.web.ideas.models import Idea, Round, Vote
from erbij.web.schools.models import School
from tests.web.ideas.conftest import make_page, make_round

MANY = 40


@pytest.fixture
def asked(stores: Path, text: str) -> Round:
    """A round of twelve pupils at a school, outside any transaction."""
    return make_round(make_page(School.objects.create(name="North", slug="north"), text), pupils=14)


def at_once(work: Callable[[int], object], threads: int) -> list[object]:
    """Run something in many threads at the same moment; what each answered or raised."""
    start, answers = threading.Barrier(threads), [None] * threads

    def one(place: int) -> None:
        start.wait()
        try:
            answers[place] = work(place)  # type: ignore[call-overload]
        except Exception as problem:
            answers[place] = problem  # type: ignore[call-overload]
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=one, args=(place,)) for place in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return answers


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def propose_in_order(asked: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(7)  # noqa: S311 (the same order in every run)
    key = Idea._meta.get_field("id")
    monkeypatch.setattr(key, "default", lambda: uuid.UUID(int=rng.getrandbits(128), version=4))
    monkeypatch.setattr(key, "_get_default", key.default)
    for number in range(MANY):
        words = f"arrived {number:03d} {'x' * 200}"
        handing_in.propose(asked=asked, token=str(uuid4()), text=words)


def follows(order: list[int]) -> float:
    """How much an order follows that of arrival: 1 all of it, about 0 none."""
    middle = (MANY - 1) / 2
    both = sum((place - middle) * (number - middle) for place, number in enumerate(order))
    return both / sum((place - middle) ** 2 for place in range(MANY))


def test_order_of_arrival_is_not_on_the_disk_once_ideas_are_read(
    asked: Round, stores: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("looks into the file of SQLite")
    propose_in_order(asked, monkeypatch)
    order = positions(on_disk(stores))
    assert follows(order) > 0.9  # the log that is not emptied yet holds each commit: the search works
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
        asked.refresh_from_db()
        shown = [int(idea.text[8:11]) for idea in queries.ideas_of(asked)]
    content = on_disk(stores)
    assert content.count(b"arrived 007") == 1
    assert abs(follows(positions(content))) < 0.4
    assert abs(follows(shown)) < 0.4
    assert asked.page.record.wave.is_untidy is False


def test_order_of_arrival_is_not_in_the_rows_of_postgresql(
    asked: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("looks at rows of PostgreSQL")
    propose_in_order(asked, monkeypatch)
    for column in ("ctid", "xmin::text::bigint"):
        assert follows(in_rows(column)) > 0.9  # the search works
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
    assert abs(follows(in_rows("ctid"))) < 0.4
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM ideas_idea")
        assert cursor.fetchone() == (1,)


def in_rows(column: str) -> list[int]:
    """The ideas by a column that PostgreSQL keeps in secret."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM ideas_idea ORDER BY {column}")  # noqa: S608 (names of our own)
        return [int(row[0][8:11]) for row in cursor.fetchall()]


def test_tables_count_nothing_in_secret(asked: Round) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite numbers rows by itself")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM ideas_round")
        for table in ("ideas_idea", "ideas_vote", "ideas_receipt"):
            with pytest.raises(OperationalError, match="no such column: rowid"):
                cursor.execute(f"SELECT rowid FROM {table}")  # noqa: S608 (names of our own)


def positions(content: bytes) -> list[int]:
    """The ideas by where they stand first."""
    return sorted(range(MANY), key=lambda number: content.index(b"arrived %03d" % number))


def test_words_of_pupils_are_gone_from_the_disk_when_the_round_ends(asked: Round, stores: Path) -> None:
    handing_in.propose(asked=asked, token=str(uuid4()), text="zwaluwnest")
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
        asked.refresh_from_db()
        [idea] = queries.ideas_of(asked)
        sorting.let_through(idea=idea, title="Een nest", cost=None)
        services.answer_without_vote(asked=asked)
        idea.round.refresh_from_db()
        sorting.answer(idea=idea, verdict="yes", why="Mooi.", by=None)
        services.tell(asked=asked, is_told=True)
        services.finish(asked=asked)
    if connection.vendor == "sqlite":
        content = on_disk(stores)
        assert b"Een nest" in content
        assert b"zwaluwnest" not in content


def test_page_that_is_sent_many_times_at_once_is_one_idea(asked: Round) -> None:
    token = str(uuid4())
    answers = at_once(lambda _n: handing_in.propose(asked=asked, token=token, text="bank"), 8)
    assert sorted(map(bool, answers)) == [False] * 7 + [True]
    assert all(isinstance(answer, bool) for answer in answers)
    with scope(school=asked.school):
        assert Idea.objects.count() == 1


def test_a_crowd_that_votes_at_once_is_never_more_than_who_takes_part(asked: Round) -> None:
    handing_in.propose(asked=asked, token=str(uuid4()), text="bank")
    with scope(school=asked.school):
        services.stop_proposing(asked=asked)
        asked.refresh_from_db()
        [idea] = queries.ideas_of(asked)
        sorting.let_through(idea=idea, title="Bank", cost=300)
        services.start_voting(asked=asked)
        asked.refresh_from_db()
    chosen = [str(idea.pk)]
    answers = at_once(lambda _n: handing_in.vote(asked=asked, token=str(uuid4()), chosen=chosen), 20)
    assert sum(answer is True for answer in answers) == asked.pupils
    refused = [answer for answer in answers if answer is not True]
    assert [getattr(answer, "id", answer) for answer in refused] == ["full"] * (20 - asked.pupils)
    with scope(school=asked.school):
        assert Vote.objects.count() == asked.pupils
