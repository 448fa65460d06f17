"""Blocks handed out to processes: in order, never lost in silence, and the same release."""

import math
import os
import signal

import numpy as np
import pytest
import schools

from erbij.errors import ProtectionError
from erbij.privacy import gate, policy, workers


def test_one_process_works_by_itself():
    with workers.at_work(1) as alone:
        assert alone.pool is None
        assert list(alone.each(lambda number: -number, range(20), total=20)) == [-n for n in range(20)]


def test_several_processes_answer_in_order_and_few_blocks_start_none():
    given, taken = iter(range(60)), []
    with workers.at_work(2) as both:
        assert list(both.each(lambda number: -number, [3, 1], total=2)) == [-3, -1]
        for place, found in enumerate(both.each(math.factorial, given, total=60)):
            assert found == math.factorial(place)
            taken.append(60 - given.__length_hint__())
    assert len(taken) == 60
    assert taken[0] <= 6, "no more wait at a time than the processes can soon take"


def test_process_that_is_killed_ends_the_work_with_an_error():
    with (
        workers.at_work(2) as both,
        pytest.raises(ProtectionError, match=r"stopped.*not made.*--processes 1"),
    ):
        list(both.each(signal.raise_signal, [signal.SIGKILL] * 10, total=10))


def test_error_of_another_process_says_the_same_as_one_of_this():
    with pytest.raises(ProtectionError) as here:
        policy.named("loose")
    with workers.at_work(2) as both, pytest.raises(ProtectionError) as there:
        list(both.each(policy.named, ["loose"] * 8, total=8))
    assert str(there.value) == str(here.value)
    assert there.value.where == here.value.where


def test_at_least_one_processor_is_available(monkeypatch):
    assert workers.available() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers.available() == 1


def test_release_is_the_same_whatever_the_number_of_processes(monkeypatch):
    monkeypatch.setattr("erbij.privacy.suppression.ROWS_AT_ONCE", 50)
    monkeypatch.setattr("erbij.privacy.workers.FEWEST_BLOCKS", 2)
    study = schools.network([40, 25, 12], np.random.default_rng(4), breakdowns=2)
    told: list[tuple[int, int]] = []
    alone = gate.release(study)
    both = gate.release(study, processes=2, progress=lambda done, total: told.append((done, total)))
    assert both.cells.equals(alone.cells)
    assert (both.cells["status"] == "shown").any()
    assert told[:3] == [(1, 3), (2, 3), (3, 3)]
