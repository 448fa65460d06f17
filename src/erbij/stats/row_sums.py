"""From rows in memory to sums: variables, products of them, and the cells they fall into."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.sums import Column, Sums, TextArray, pairs, unique_cells

PILOT = 20_000
"""Rows from which the shifts are taken."""
ROWS_AT_ONCE = 32_768
"""Rows whose products are held at a time: they stay in the processor's cache."""
ROWS_BY_RUN = 24
"""Rows in a cell from which sorting them pays."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """A grouping factor: its groups, by name, and the group of each row, shape (n,)."""

    levels: TextArray
    codes: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The complete rows of a model.

    Parameters
    ----------
    variables
        By name, shape (n,), without missing values.
    groupings
        The grouping factors by name.
    weights
        Shape (n,), positive, or None where every row counts once.
    excluded
        Rows that were left out, by reason.
    """

    variables: Mapping[str, FloatArray]
    groupings: Mapping[str, Grouping]
    weights: FloatArray | None = None
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many there are."""
        return int(next(iter(self.groupings.values())).codes.size)


def sum_rows(rows: Rows, columns: Sequence[Column], shifted: Collection[str]) -> Sums:
    """Sum columns over the rows of each cell.

    Parameters
    ----------
    columns
        Products of variables; the first is the constant.
    shifted
        The variables that may be shifted: with each column that has them the one that lacks them is there.

    Raises
    ------
    EstimationError
        No rows; a value that is infinite; a weight that is not positive.
    """
    if rows.n == 0:
        raise EstimationError("no row has all the columns of the formula", where=sorted(rows.variables))
    _check_weights(rows.weights)
    found = {name: shift_of(values) for name, values in rows.variables.items() if name in shifted}
    shift = {name: value for name, value in found.items() if value}
    groupings = list(rows.groupings.values())
    cells, place = unique_cells([g.codes for g in groupings], [len(g.levels) for g in groupings])
    J = cells.shape[1]
    packed = np.zeros((len(columns) * (len(columns) + 1) // 2, J))
    for at in _blocks(rows.n, J):
        _add(packed, _columns(columns, rows, at, shift), rows.weights, at=at, place=place)
    check_finite(packed, columns)
    return Sums(
        columns=tuple(columns),
        factors=tuple(rows.groupings),
        levels=tuple(grouping.levels for grouping in groupings),
        codes=cells,
        counts=np.bincount(place, minlength=J).astype(np.int64),
        products=np.ascontiguousarray(packed.T),
        shift=shift,
        log_weights=0.0 if rows.weights is None else float(np.log(rows.weights).sum()),
        excluded=dict(rows.excluded),
    )


def shift_of(values: FloatArray) -> float:
    """A round number near the mean, in steps of the size of the spread.

    Round, so that whole numbers stay whole and their sums exact in any order.

    The first rows will do: any number near the mean is as good, and the way back is exact.

    >>> shift_of(np.array([1e7 + 1, 1e7 + 2, 1e7 + 6])), shift_of(np.array([0.0, 1.0]))
    (10000004.0, 0.5)
    """
    pilot = values[:PILOT]
    is_finite = np.isfinite(pilot)
    pilot = pilot if is_finite.all() else pilot[is_finite]
    if not pilot.size:
        return 0.0
    mean = float(pilot.mean())
    around = pilot - mean
    return near(mean, float(np.sqrt(around @ around / pilot.size)))


def near(mean: float, spread: float) -> float:
    """The multiple of a power of two, about the spread, that is nearest to the mean."""
    if spread == 0 or not np.isfinite(spread):
        return mean if np.isfinite(mean) else 0.0
    step = 2.0 ** np.floor(np.log2(spread))
    return float(np.round(mean / step) * step)


def check_finite(packed: FloatArray, columns: Sequence[Column]) -> None:
    """Name the column of which a value was infinite. `packed`: shape (m (m + 1) / 2, J)."""
    is_finite = np.asarray(np.isfinite(packed).all(axis=1))
    if is_finite.all():
        return
    for is_known, a, b in zip(is_finite, *pairs(len(columns)), strict=True):
        if a == b and not is_known:
            where = [":".join(columns[a])]
            raise EstimationError("a value is infinite", where=where, advice="Mark it as missing.")


def _check_weights(weights: FloatArray | None) -> None:
    if weights is not None and not (weights.min() > 0 and weights.max() < np.inf):
        bad = int((~((weights > 0) & (weights < np.inf))).sum())
        raise EstimationError(
            "a weight is missing, zero, negative or infinite", where=["weights"], found=f"{bad} such rows"
        )


def _columns(
    columns: Sequence[Column], rows: Rows, at: slice, shift: Mapping[str, float]
) -> list[FloatArray | None]:
    """The columns of some rows; None stands for the constant."""
    variables = {name: values[at] - shift.get(name, 0.0) for name, values in rows.variables.items()}
    found: list[FloatArray | None] = []
    for column in columns:
        values = None
        for name in column:
            values = variables[name] if values is None else values * variables[name]
        found.append(values)
    return found


def _add(
    packed: FloatArray,
    V: Sequence[FloatArray | None],
    weights: FloatArray | None,
    *,
    at: slice,
    place: IntArray,
) -> None:
    """Add the products of some rows to those of their cells."""
    cells, J = place[at], packed.shape[1]
    if cells.size >= ROWS_BY_RUN * J:
        _add_runs(packed, V, weights if weights is None else weights[at], cells)
        return
    w = np.ones(cells.size) if weights is None else weights[at]
    W = [w if values is None else values if weights is None else values * w for values in V]
    for k, (a, b) in enumerate(zip(*pairs(len(V)), strict=True)):
        left, right = V[a], W[b]
        packed[k] += np.bincount(cells, right if left is None else left * right, J)


def _add_runs(
    packed: FloatArray, V: Sequence[FloatArray | None], weights: FloatArray | None, cells: IntArray
) -> None:
    """The same where cells have many rows: rows of a cell next to each other, each run added as one."""
    order = None
    if (cells[1:] < cells[:-1]).any():
        # Two bytes are sorted by counting, not by comparing.
        order = np.argsort(cells.astype(np.uint16) if packed.shape[1] < 2**16 else cells, kind="stable")
        cells = cells[order]
    starts = np.concatenate([[0], 1 + np.flatnonzero(cells[1:] != cells[:-1])])
    by_run = np.empty((len(V), cells.size))
    for row, values in zip(by_run, V, strict=True):
        row[:] = 1.0 if values is None else values if order is None else values[order]
    weighted = by_run
    if weights is not None:
        weighted = by_run * (weights if order is None else weights[order])
    products, k = np.empty_like(by_run), 0  # new memory for each column would take longer than its products
    for a, left in enumerate(weighted):
        of_column = np.multiply(left, by_run[a:], out=products[a:])
        packed[k : k + len(of_column), cells[starts]] += np.add.reduceat(of_column, starts, axis=1)
        k += len(of_column)


def _blocks(n: int, J: int) -> Iterator[slice]:
    size = max(ROWS_AT_ONCE, 4 * J)  # not so small that adding up the cells takes longer than the rows
    return (slice(start, start + size) for start in range(0, n, size))
