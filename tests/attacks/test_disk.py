"""Somebody has the files of the database and knows in which order the pupils handed in.

Three statistics, each held against chance, with the order of arrival 0..n-1 and the rank of each ballot in
some order that the disk tells (place in a file, row, transaction, number of the stored text, place in a log):

- rank: Spearman's correlation; of nothing it stays within 2.576 / sqrt(n - 1) in 99 % of the cases;
- guesses: how many ballots have the same rank in both orders, forwards or backwards. Of nothing about one,
  a Poisson number: at most 4 in 99 % of the cases, for each direction;
- neighbours: pupils who came one after the other and stand side by side. Of nothing about two, at most 6.

The ids of the ballots follow from a seed, so that each case is the same at every run.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django_scopes import scope
from scipy.stats import rankdata, spearmanr

from bench.box import hyphened
from bench.databases import is_postgres
from erbij.web.results import services as closers
from erbij.web.surveys import services

PUPILS = 150
SEEDS = (1, 2, 3)
GUESSES, NEIGHBOURS = 4, 6

Order = list[Any]


def linked(order: Order) -> tuple[float, int, int]:
    """Rank correlation (1 is its limit), right guesses and neighbours, of the ballots that are found."""
    came = np.array([number for number, place in enumerate(order) if place is not None])
    known = [place for place in order if place is not None]
    if len(set(known)) < 2:
        return 0.0, 0, 0
    ranks = rankdata(known, method="ordinal").astype(int) - 1
    ranked = np.arange(len(known))
    guesses = max(int((ranks == ranked).sum()), int((ranks[::-1] == ranked).sum()))
    neighbours = int((np.abs(np.diff(ranks)) == 1).sum())
    limit = 2.576 / np.sqrt(len(known) - 1)
    return abs(float(spearmanr(ranks, came).statistic)) / limit, guesses, neighbours


def is_chance(order: Order) -> bool:
    rank, guesses, neighbours = linked(order)
    return rank <= 1 and guesses <= GUESSES and neighbours <= NEIGHBOURS


def orders(asked: Any, disk: Any) -> dict[str, Order]:
    """Every order that the disk tells, each as one number for each ballot, as they came."""
    # Not the beginning of a text: that stands with the id; the rest fills pages as it comes.
    pieces = [text[1000:1060] for text in asked.sealed]
    file, log = (disk.places(pieces, log=which) for which in (False, True))
    found = {"file": file, "log": log}
    for name, rows in (postgres_orders(asked) if is_postgres() else sqlite_orders()).items():
        found[name] = [rows.get(ballot) for ballot in asked.order]
    return found


def sqlite_orders() -> dict[str, dict[str, int]]:
    rows = asked_of("SELECT id FROM surveys_ballot")
    return {"row": {hyphened(str(row[0])): number for number, row in enumerate(rows)}}


def postgres_orders(asked: Any) -> dict[str, dict[str, int]]:
    rows = asked_of("SELECT id, xmin::text::bigint FROM surveys_ballot ORDER BY ctid")
    # The text of a ballot stands apart, under a number that PostgreSQL counts up as they come.
    toast = asked_of("SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'surveys_ballot'")[
        0
    ][0]
    chunks = asked_of(f"SELECT chunk_data, chunk_id::text::bigint FROM {toast} WHERE chunk_seq = 0")  # noqa: S608
    numbers = {bytes(data)[1000:1060].decode(): number for data, number in chunks}
    texts = dict(zip(asked.order, asked.sealed, strict=True))
    return {
        "row": {str(row[0]): number for number, row in enumerate(rows)},
        "transaction": {str(row[0]): row[1] for row in rows},
        "text": {ballot: numbers[text[1000:1060]] for ballot, text in texts.items()},
    }


def asked_of(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@pytest.mark.parametrize("seed", SEEDS)
def test_place_on_the_disk_tells_nothing_once_the_class_has_closed(
    seed: int, ask: Callable[..., Any], disk: Any
) -> None:
    asked = ask(PUPILS, seed=seed)
    before = {name: linked(order)[0] for name, order in orders(asked, disk).items()}
    # The attack works where nothing is mixed: the test would see it.
    assert max(before.values()) > 3
    with scope(school=asked.wave.school):
        services.close_session(session=asked.session)
    after = orders(asked, disk)
    assert set(after) == set(before)
    assert {name: linked(order) for name, order in after.items() if not is_chance(order)} == {}
    # Nothing was lost meanwhile: the texts are all there, in another place.
    assert None not in after["file"]


def test_log_holds_no_ballot_once_the_class_has_closed(ask: Callable[..., Any], disk: Any) -> None:
    asked = ask(20)
    pieces = [text[at : at + 60] for text in asked.sealed for at in (200, 1000, 3000)]
    # A page of the log may end within a piece, so not each is found whole, and of each ballot one is.
    found = np.array([place is not None for place in disk.places(pieces, log=True)]).reshape(-1, 3)
    assert found.any(axis=1).all()
    with scope(school=asked.wave.school):
        services.close_session(session=asked.session)
    assert set(disk.places(pieces, log=True)) == {None}


def test_after_closing_no_ballot_and_no_key_is_left_anywhere(ask: Callable[..., Any], disk: Any) -> None:
    asked = ask(20)
    wrapped = asked.wave.wrapped_key
    ask(3, seed=2, school="south")  # of one wave alone no sample would be kept
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does of itself, sooner or later
    assert all(text[1000:1060].encode() in disk.everything() for text in asked.sealed[:3])
    with scope(school=asked.wave.school):
        services.close_session(session=asked.session)
    closers.close_wave(wave=asked.wave)
    raw = disk.everything()
    pieces = [text[at : at + 60] for text in (*asked.sealed, wrapped) for at in (0, 120, 1000, 4500)]
    ids = [form for ballot in asked.order for form in (ballot, ballot.replace("-", ""))]
    raws = [bytes.fromhex(ballot.replace("-", "")) for ballot in asked.order]
    wanted = [piece.encode() for piece in (*ids, *pieces) if piece] + raws + [bytes(asked.wave.public_key)]
    assert [piece for piece in wanted if piece in raw] == []
    assert b"canary-7d1f" not in raw


@pytest.mark.parametrize("seed", SEEDS)
def test_chance_is_taken_for_chance_and_order_for_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mixed = rng.permutation(PUPILS).tolist()
    assert is_chance(mixed)
    assert not is_chance(list(range(PUPILS)))
    assert not is_chance(list(range(PUPILS))[::-1])
    # Cut in pieces that are laid out at random: no rank tells it, the neighbours do.
    pieces = np.array_split(np.arange(PUPILS), 15)
    assert not is_chance(np.concatenate([pieces[i] for i in rng.permutation(15)]).tolist())
