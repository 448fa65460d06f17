"""The published cases of Gaussian suppression, and what holds of any system."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.privacy import elimination
from erbij.privacy.elimination import PRIME, SECOND_PRIME

INNER = 15
CELLS = [
    set(range(INNER)),
    *(set(range(5 * row, 5 * row + 5)) for row in range(3)),
    *(set(range(column, INNER, 5)) for column in range(5)),
    *({cell} for cell in range(INNER)),
]
"""The 24 cells of a table of three rows and five columns: total, rows, columns, inner cells."""
TABLE = np.array([[cell in cells for cells in CELLS] for cell in range(INNER)]).astype(np.int64)
PRIMARY = (10, 11, 12)
NATURAL = tuple(range(1, 25))
ZEROS_FIRST = (20, 21, 22, *(cell for cell in NATURAL if cell not in {20, 21, 22}))


def column(*cells: int) -> np.ndarray:
    """The cells of the table, numbered from 1, together."""
    return TABLE[:, [cell - 1 for cell in cells]].sum(axis=1, keepdims=True)


def secondary(order: tuple[int, ...], *more: np.ndarray) -> set[int]:
    wanted = [cell for cell in order if cell not in PRIMARY]
    protected = np.hstack([*(column(cell) for cell in PRIMARY), *more])
    chosen = elimination.choose(np.hstack([column(cell) for cell in wanted]), protected)
    return {cell for cell, is_told in zip(wanted, chosen.is_published, strict=True) if not is_told}


def test_table_in_natural_order():
    assert secondary(NATURAL) == {20, 21, 22}


def test_table_with_zeros_first():
    assert secondary(ZEROS_FIRST) == {15, 16, 17}


def test_table_with_zeros_first_and_single_pupils_together():
    assert secondary(ZEROS_FIRST, column(10, 11, 12)) == {14, 15, 16, 17, 19}


VIGNETTE = {
    **{f"young-{country}": n for country, n in (("Spain", 5), ("Iceland", 2), ("Portugal", 0))},
    **{f"old-{country}": n for country, n in (("Spain", 6), ("Iceland", 3), ("Portugal", 4))},
}
EU = ("Spain", "Portugal")


def vignette(most: int, *, with_eu: bool) -> tuple[set[str], set[str]]:
    """Primary and secondary cells, the larger first; `most` is the largest number that is protected."""
    inner = list(VIGNETTE)
    cells = {"total": inner, **{name: [name] for name in inner}}
    for age in ("young", "old"):
        cells[age] = [name for name in inner if name.startswith(age)]
        if with_eu:
            cells[f"{age}-EU"] = [name for name in cells[age] if name.split("-")[1] in EU]
            cells[f"{age}-nonEU"] = [name for name in cells[age] if name.split("-")[1] not in EU]
    for country in ("Spain", "Iceland", "Portugal"):
        cells[country] = [name for name in inner if name.endswith(country)]
    if with_eu:
        cells["EU"] = [name for name in inner if name.split("-")[1] in EU]
        cells["nonEU"] = [name for name in inner if name.split("-")[1] not in EU]
    size = {name: sum(VIGNETTE[part] for part in parts) for name, parts in cells.items()}
    columns = {
        name: np.array([part in parts for part in inner]).astype(np.int64) for name, parts in cells.items()
    }
    primary = {name for name in cells if size[name] <= most}
    order = sorted((name for name in cells if name not in primary), key=lambda name: -size[name])
    chosen = elimination.choose(
        np.column_stack([columns[name] for name in order]), np.column_stack([columns[p] for p in primary])
    )
    return primary, {name for name, told in zip(order, chosen.is_published, strict=True) if not told}


def test_first_vignette():
    assert vignette(1, with_eu=False) == (
        {"young-Portugal"},
        {"young-Iceland", "old-Iceland", "old-Portugal"},
    )


def test_second_vignette():
    primary, secondary_ = vignette(2, with_eu=True)
    assert {"young-Portugal", "young-Iceland"} <= primary
    assert secondary_ == {"young-EU", "old-EU", "old-nonEU", "old-Iceland", "old-Portugal"}


def is_in_span(columns: np.ndarray, wanted: np.ndarray) -> bool:
    """In floating point, another way: the rank does not grow."""
    if not columns.shape[1]:
        return not wanted.any()
    return np.linalg.matrix_rank(np.column_stack([columns, wanted])) == np.linalg.matrix_rank(columns)


@st.composite
def systems(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows, candidates, primaries = (draw(st.integers(1, most)) for most in (7, 9, 4))
    density = draw(st.sampled_from([0.2, 0.5, 0.8]))
    candidates, primaries = (
        (rng.random((rows, n)) < density).astype(np.int64) for n in (candidates, primaries)
    )
    return candidates, primaries[:, primaries.any(axis=0)]


@settings(max_examples=80)
@given(system=systems())
def test_nothing_protected_is_derivable_and_nothing_is_withheld_without_need(system):
    candidates, primaries = system
    chosen = elimination.choose(candidates, primaries)
    told = candidates[:, chosen.is_published]
    assert not any(is_in_span(told, primary) for primary in primaries.T)
    for withheld in np.flatnonzero(~chosen.is_published):
        more = np.column_stack([told, candidates[:, withheld]])
        assert any(is_in_span(more, primary) for primary in primaries.T)


@settings(max_examples=80)
@given(system=systems())
@pytest.mark.parametrize("prime", [PRIME, SECOND_PRIME])
def test_derivable_is_what_linear_algebra_says(system, prime):
    told, wanted = system
    found = elimination.is_derivable(told, wanted, prime=prime)
    assert found.tolist() == [is_in_span(told, column_) for column_ in wanted.T]


@settings(max_examples=60)
@given(system=systems())
def test_kernel_and_basis_fit_their_rows(system):
    rows = system[0]
    ways = elimination.kernel(rows)
    basis = elimination.row_basis(rows)
    assert len(basis) == np.linalg.matrix_rank(rows)
    assert ways.shape[1] == rows.shape[1] - len(basis)
    assert not elimination.product(rows, ways).any()


def test_forced_columns_count_as_told_whatever_they_reveal():
    two = np.eye(2, dtype=np.int64)
    chosen = elimination.choose(two[:, 1:], two, forced=np.ones((2, 1), dtype=np.int64))
    assert chosen.is_published.tolist() == [False]
    chosen = elimination.choose(two[:, 1:], two[:, :1], forced=two[:, :1])
    assert chosen.is_revealed.tolist() == [True]
    assert chosen.is_published.tolist() == [True]


def test_carried_columns_keep_what_the_told_ones_leave():
    told = np.array([[1], [1], [0]])
    carried = np.array([[1, 2], [1, 2], [1, 0]])
    chosen = elimination.choose(told, told[:, :0], carried=carried)
    assert (chosen.carried != 0).any(axis=0).tolist() == [True, False]


def test_where_nothing_is_protected_everything_is_told():
    assert elimination.choose(TABLE, TABLE[:, :0]).is_published.all()


@given(st.permutations(range(8)))
def test_order_of_what_is_known_anyway_does_not_matter(order):
    known = TABLE[:, [0, 1, 2, 4, 5, 9, 10, 14]]
    chosen = [elimination.choose(TABLE, TABLE[:, 9:12], forced=k) for k in (known, known[:, order])]
    assert np.array_equal(chosen[0].is_published, chosen[1].is_published)
    assert np.array_equal(chosen[0].is_revealed, chosen[1].is_revealed)
    assert chosen[0].is_revealed.tolist() == [True, True, False]


def test_what_is_given_stays_as_it_was():
    given_ = [TABLE.copy(), TABLE[:, 10:12].copy(), TABLE[:, :2].copy()]
    elimination.choose(given_[0], given_[1], forced=given_[2], carried=given_[2])
    for now, before in zip(given_, (TABLE, TABLE[:, 10:12], TABLE[:, :2]), strict=True):
        assert np.array_equal(now, before)
