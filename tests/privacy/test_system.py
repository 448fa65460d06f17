"""The system of a block: who is alike, and what may never be derived in it."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import sparse

from erbij.privacy import system

SETS = arrays.arrays(np.int64, st.tuples(st.integers(1, 9), st.integers(0, 6)), elements=st.integers(0, 1))


def alike_by_hand(rows: np.ndarray) -> dict[tuple[int, ...], int]:
    kinds = [tuple(row) for row in rows.tolist()]
    return {kind: kinds.count(kind) for kind in kinds}


@pytest.mark.parametrize("marks", [system._marks, lambda rows: np.zeros(rows.shape[0], dtype=np.int64)])
@given(rows=SETS)
def test_pupils_who_are_alike_are_one_row_also_when_all_marks_are_the_same(marks, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system, "_marks", marks)
        first, size = system.alike(sparse.csr_matrix(rows))
    assert dict(zip(map(tuple, rows[first].tolist()), size.tolist(), strict=True)) == alike_by_hand(rows)
    assert len(first) == len(set(first.tolist())) == len(alike_by_hand(rows))


@given(rows=SETS)
def test_small_differences_are_those_of_every_pair_that_is_tried(rows):
    sets = rows[:, rows.any(axis=0)]
    size = np.arange(1, len(rows) + 1)
    found = system.differences(sparse.csc_matrix(sets), size, 8)
    tried = [sets[:, a] - sets[:, b] for a, b in permutations(range(sets.shape[1]), 2)]
    few = [left for left in tried if left.min(initial=0) >= 0 and 1 <= size @ left < 8]
    assert sorted(found.toarray().T.tolist()) == sorted(left.tolist() for left in few)


def test_a_set_of_nobody_makes_no_small_difference():
    """The other set is as large as it is told to be; whether it may be told is its own threshold's word."""
    sets = sparse.csc_matrix([[0, 1], [0, 1]])
    assert system.differences(sets, np.array([1, 1]), 5).shape == (2, 0)
