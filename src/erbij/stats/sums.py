"""Sums: everything a model needs to know of the rows, by cell of the grouping factors. Sums add.

A cell is a group, or where factors cross a combination of groups that occurs. A column is a product of
variables, each less a shift near its mean: raw products of a variable around 1e7 would lose all digits.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from itertools import combinations
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray

Column = tuple[str, ...]
"""The variables whose product a column is; () is the constant, one in every row."""
CONSTANT: Column = ()
FORMAT = "erbij-sums-1"
TextArray = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Counts and cross-products of m columns in J cells of F grouping factors.

    Parameters
    ----------
    columns
        The m columns; the first is the constant. With a column come those that lack one of its shifted
        variables.
    factors
        The F names of the grouping factors.
    levels
        For each factor the names of its groups, as text.
    codes
        Shape (F, J): which level of each factor a cell is; no two cells alike.
    counts
        Shape (J,), rows, all one or more.
    products
        Shape (J, m (m + 1) / 2): the upper triangle, by rows, of sum(w v v') over the rows of a cell, w
        weights and v columns of shifted variables. The first one is the sum of the weights.
    shift
        What was taken off each variable, in its units; variables that are not there were left as they are.
    log_weights
        The sum of the logarithms of all weights.
    excluded
        How many rows were left out, by reason.
    """

    columns: tuple[Column, ...]
    factors: tuple[str, ...]
    levels: tuple[TextArray, ...]
    codes: IntArray
    counts: IntArray
    products: FloatArray
    shift: Mapping[str, float]
    log_weights: float = 0.0
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Rows behind the sums."""
        return int(self.counts.sum())

    def __add__(self, other: "Sums") -> "Sums":
        """The sums of both sets of rows together; exact but for rounding."""
        return merge(self, other)


@lru_cache(maxsize=32)
def pairs(m: int) -> tuple[IntArray, IntArray]:
    """Row and column of each packed product: the upper triangle by rows. Not to be written to.

    >>> [p.tolist() for p in pairs(2)]
    [[0, 0, 1], [0, 1, 1]]
    """
    rows, columns = (indices.astype(np.int64) for indices in np.triu_indices(m))
    rows.flags.writeable = columns.flags.writeable = False
    return rows, columns


@lru_cache(maxsize=32)
def places(m: int) -> IntArray:
    """Where the product of columns a and b is packed. Shape (m, m), not to be written to.

    >>> places(2).tolist()
    [[0, 1], [1, 2]]
    """
    found = np.zeros((m, m), dtype=np.int64)
    rows, columns = pairs(m)
    found[rows, columns] = found[columns, rows] = np.arange(rows.size)
    found.flags.writeable = False
    return found


def merge(first: Sums, second: Sums) -> Sums:
    """Add two sets of sums of the same model.

    Columns that only one has count as zero in the other: indicators of a category that did not occur there.

    Raises
    ------
    EstimationError
        The grouping factors differ.

    Notes
    -----
    Sums about one shift become sums about another exactly (Chan, Golub & LeVeque 1983). The shift of the
    larger set stays.
    """
    if first.factors != second.factors:
        raise EstimationError(
            "sums of other grouping factors can't be added", found=second.factors, allowed=[first.factors]
        )
    if second.n > first.n:
        first, second = second, first
    columns = (*first.columns, *(c for c in second.columns if c not in set(first.columns)))
    first, second = with_columns(first, columns), with_columns(second, columns)
    shift = {**second.shift, **first.shift}
    return _joined(reshifted(first, shift), reshifted(second, shift))


def pool(parts: Sequence[Sums]) -> Sums:
    """Add any number of sums; see `merge`."""
    if not parts:
        raise EstimationError("no sums to add")
    return reduce(merge, parts)


def with_columns(sums: Sums, columns: Sequence[Column]) -> Sums:
    """The sums of these columns in this order; a column that the sums don't have is zero in every row."""
    if tuple(columns) == sums.columns:
        return sums
    m = len(sums.columns)
    place = {column: i for i, column in enumerate(sums.columns)}
    chosen = np.array([place.get(column, m) for column in columns])
    # One more column, all zero, stands for those that are not there.
    packed = np.concatenate([sums.products, np.zeros((len(sums.products), 1))], axis=1)
    where = np.full((m + 1, m + 1), packed.shape[1] - 1)
    where[:m, :m] = places(m)
    rows, others = pairs(len(columns))
    return replace(sums, columns=tuple(columns), products=packed[:, where[chosen[rows], chosen[others]]])


def expansion(columns: Sequence[Column], moved: Mapping[str, float]) -> FloatArray:
    """Columns of variables plus `moved` in terms of the columns as they are. Shape (m, m).

    ``(x + a)(z + b) = xz + b x + a z + ab``: with V the columns as rows of data, ``V @ expansion`` are the
    columns after every variable was moved.

    Raises
    ------
    EstimationError
        A column that the product needs is not there.

    Examples
    --------
    >>> expansion([(), ("x",)], {"x": 7.0}).tolist()
    [[1.0, 7.0], [0.0, 1.0]]
    """
    place = {column: i for i, column in enumerate(columns)}
    T = np.eye(len(columns))
    for j, column in enumerate(columns):
        shifted = [name for name in column if moved.get(name, 0.0) != 0.0]
        for size in range(1, len(shifted) + 1):
            for taken in combinations(shifted, size):
                left = tuple(name for name in column if name not in taken)
                if left not in place:
                    raise EstimationError("a column is missing from the sums", found=":".join(left) or "1")
                T[place[left], j] = np.prod([moved[name] for name in taken])
    return T


def reshifted(sums: Sums, shift: Mapping[str, float]) -> Sums:
    """The same sums about another shift."""
    names = {name for column in sums.columns for name in column}
    moved = {name: sums.shift.get(name, 0.0) - shift.get(name, 0.0) for name in names}
    if not any(moved.values()):
        return replace(sums, shift=dict(shift))
    T = expansion(sums.columns, moved)
    full = T.T @ sums.products[:, places(len(T))] @ T
    rows, columns = pairs(len(T))
    return replace(sums, products=full[:, rows, columns], shift=dict(shift))


def _joined(first: Sums, second: Sums) -> Sums:
    """Add sums of the same columns and shift."""
    levels, codes = [], []
    for f in range(len(first.factors)):
        names, place = np.unique(
            np.concatenate([first.levels[f], second.levels[f]]).astype(np.str_), return_inverse=True
        )
        split = len(first.levels[f])
        levels.append(names)
        codes.append(np.concatenate([place[:split][first.codes[f]], place[split:][second.codes[f]]]))
    cells, place = unique_cells(codes, [len(names) for names in levels])
    counts = np.bincount(place, np.concatenate([first.counts, second.counts]), cells.shape[1])
    products = np.zeros((cells.shape[1], first.products.shape[1]))
    for part, where in ((first, place[: len(first.counts)]), (second, place[len(first.counts) :])):
        products[where] += part.products
    reasons = dict.fromkeys([*first.excluded, *second.excluded])
    return Sums(
        columns=first.columns,
        factors=first.factors,
        levels=tuple(levels),
        codes=cells,
        counts=counts.astype(np.int64),
        products=products,
        shift=first.shift,
        log_weights=first.log_weights + second.log_weights,
        excluded={why: first.excluded.get(why, 0) + second.excluded.get(why, 0) for why in reasons},
    )


def unique_cells(codes: Sequence[IntArray], sizes: Sequence[int]) -> tuple[IntArray, IntArray]:
    """The combinations of levels that occur, shape (F, J), and the cell of each row, shape (n,).

    >>> cells, place = unique_cells([np.array([1, 0, 1]), np.array([0, 0, 0])], [2, 1])
    >>> cells.tolist(), place.tolist()
    ([[0, 1], [0, 0]], [1, 0, 1])
    """
    key, names = np.asarray(codes[0], dtype=np.int64), [np.arange(sizes[0])[None, :]]
    width = sizes[0]
    for code, size in zip(codes[1:], sizes[1:], strict=True):
        # Renumber at each step, so that the key stays small however many factors there are.
        found, key = np.unique(key * size + code, return_inverse=True)
        names = [np.concatenate([names[0][:, found // size], (found % size)[None, :]])]
        width = found.size
    if len(codes) == 1:
        occurs = np.bincount(key, minlength=width) > 0
        if occurs.all():
            return np.arange(width)[None, :], key
        return np.flatnonzero(occurs)[None, :], (np.cumsum(occurs) - 1)[key]
    return names[0].astype(np.int64), key


def to_json(sums: Sums, about: Mapping[str, Any]) -> str:
    """Write sums, and what they are sums of; every float is read back as it was.

    Parameters
    ----------
    about
        Such as the formula; kept beside the sums.
    """
    told = {
        "format": FORMAT,
        **about,
        "columns": sums.columns,
        "factors": sums.factors,
        "levels": [names.tolist() for names in sums.levels],
        "codes": sums.codes.tolist(),
        "counts": sums.counts.tolist(),
        "shift": dict(sums.shift),
        "products": sums.products.tolist(),
        "log_weights": sums.log_weights,
        "excluded": dict(sums.excluded),
    }
    # Ten times as fast as json, and as exact: a file of 100,000 schools holds a million numbers.
    return msgspec.json.encode(told).decode()


def from_json(text: str) -> tuple[Sums, dict[str, Any]]:
    """Read what `to_json` wrote: the sums and what they are sums of.

    Raises
    ------
    EstimationError
        Not sums, or of another format, or numbers that can't be sums.
    """
    try:
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise ValueError("another format")
        sums = _read(told)
        _check(sums)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EstimationError(
            f"these are not sums ({reason})", advice="Make them with `erbij sums`."
        ) from error
    return sums, {key: value for key, value in told.items() if key not in Sums.__slots__}


def _read(told: Mapping[str, Any]) -> Sums:
    m = len(told["columns"])
    return Sums(
        columns=tuple(tuple(map(str, column)) for column in told["columns"]),
        factors=tuple(map(str, told["factors"])),
        levels=tuple(np.array(names, dtype=np.str_) for names in told["levels"]),
        codes=np.array(told["codes"], dtype=np.int64).reshape(len(told["factors"]), -1),
        counts=np.array(told["counts"], dtype=np.int64),
        products=np.array(told["products"], dtype=np.float64).reshape(-1, m * (m + 1) // 2),
        shift={str(name): float(value) for name, value in told["shift"].items()},
        log_weights=float(told["log_weights"]),
        excluded={str(why): int(count) for why, count in told["excluded"].items()},
    )


def _check(sums: Sums) -> None:
    J = sums.counts.size
    if sums.codes.shape != (len(sums.factors), J) or len(sums.products) != J:
        raise ValueError("the number of cells differs")
    if len(sums.levels) != len(sums.factors) or sums.columns[0] != CONSTANT:
        raise ValueError("a factor without levels or no constant")
    for code, names in zip(sums.codes, sums.levels, strict=True):
        if J and not (code.min() >= 0 and code.max() < len(names)):
            raise ValueError("a cell of a group that is not there")
    if not (np.isfinite(sums.products).all() and np.isfinite(list(sums.shift.values())).all()):
        raise ValueError("a number is not finite")
    if J and sums.counts.min() < 1:
        raise ValueError("a cell without rows")
