"""From sums and a model to the arrays that a fit works on, in coordinates that are well conditioned.

Fixed and random columns are linear combinations of the columns of the sums. They are taken of shifted
variables and brought to unit length, as far as that leaves the model what it is; the way back is kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf

from erbij.errors import EstimationError
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.sums import CONSTANT, Column, Sums, TextArray, expansion, pairs, places

COLLINEAR = 1e-11
"""Share of a column's variation that the columns before it leave: below it the column says nothing new."""
NEAR = 1e-12
"""Coefficients of columns that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """Random columns that vary together over the groups of one factor; `coefficients` has shape (m, q)."""

    factor: str
    names: tuple[str, ...]
    coefficients: FloatArray


@dataclass(frozen=True, slots=True)
class Layout:
    """A model in terms of the m columns of sums: outcome, fixed columns, shape (m, p), and random blocks."""

    columns: tuple[Column, ...]
    outcome: Column
    names: tuple[str, ...]
    fixed: FloatArray
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One grouping factor: its groups, and the blocks over them beside each other.

    `widths` are the columns of each block, `back` (q, q) brings random effects of the working columns back to
    those of the model, `levels` are the names of the J groups and `codes` the group of each cell.
    """

    name: str
    levels: TextArray
    codes: IntArray
    blocks: tuple[Block, ...]
    widths: tuple[int, ...]
    back: FloatArray

    @property
    def q(self) -> int:
        """Random columns."""
        return sum(self.widths)

    @property
    def J(self) -> int:  # noqa: N802 - the textbook's name
        """Groups."""
        return len(self.levels)


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a fit works on.

    `total` (p + 1, p + 1): cross-products of the working fixed columns and, last, the outcome. `fixed_back`
    (p, p) and `fixed_shift` (p,): coefficients of the model are ``fixed_back @ beta + fixed_shift``.
    `log_scale`: the determinant of X'X of the model is that of the working columns times its exponential.
    `coefficients` (m, k) makes the working columns, random ones first, then fixed, then outcome.
    """

    n: int
    names: tuple[str, ...]
    total: FloatArray
    fixed_back: FloatArray
    fixed_shift: FloatArray
    log_scale: float
    log_weights: float
    factors: tuple[Factor, ...]
    coefficients: FloatArray
    products: FloatArray

    def cross_products(self, rows: IntArray, columns: IntArray, cells: IntArray | None = None) -> FloatArray:
        """Cross-products of working columns in each cell. Shape (J, len(rows), len(columns))."""
        packed = self.products if cells is None else self.products[cells]
        where = places(len(self.coefficients))
        left, right = self.coefficients[:, rows], self.coefficients[:, columns]
        picked, others = _picked(left), _picked(right)
        if picked is not None and others is not None:
            chosen = packed[:, where[picked[:, None], others]]
            chosen *= left.sum(axis=0)[:, None] * right.sum(axis=0)
            return chosen
        used_left, used_right = np.flatnonzero(left.any(axis=1)), np.flatnonzero(right.any(axis=1))
        full = packed[:, where[used_left][:, used_right]]
        return left[used_left].T @ full @ right[used_right]


def arrange(sums: Sums, layout: Layout, *, as_they_are: Collection[str] = ()) -> Arranged:
    """Make the working columns of a model.

    Parameters
    ----------
    as_they_are
        Grouping factors whose random columns must not be shifted.

    Raises
    ------
    EstimationError
        A column that does not vary or depends on others, a factor with one group, more random effects than
        rows, an outcome that does not vary.
    """
    place = {column: i for i, column in enumerate(sums.columns)}
    order = np.array([place[column] for column in layout.columns])
    m = len(sums.columns)
    T = expansion(sums.columns, sums.shift)
    total = _unpacked(sums.products.sum(axis=0), m)
    fixed = _embedded(layout.fixed, order, m)
    X, Q = _shifted(fixed, T)
    X, scale = _scaled(X, total)
    _check_columns(X, total, layout.names, constant=place[CONSTANT])
    y, onto = _outcome(fixed, place[layout.outcome], T)
    factors = tuple(_factors(sums, layout, T, order=order, as_they_are=as_they_are))
    _check_random(factors, total, place[CONSTANT])
    random = [column for _, column in factors]
    coefficients = np.column_stack([*random, X, y])
    kept = np.column_stack([X, y])
    inverse = np.linalg.inv(Q) if Q is not None else np.eye(len(layout.names))
    return Arranged(
        n=sums.n,
        names=layout.names,
        total=kept.T @ total @ kept,
        fixed_back=inverse * (1 / scale),
        fixed_shift=onto,
        log_scale=2 * float(np.log(scale).sum()),
        log_weights=sums.log_weights,
        factors=tuple(factor for factor, _ in factors),
        coefficients=coefficients,
        products=sums.products,
    )


def _picked(coefficients: FloatArray) -> IntArray | None:
    """The one row that each column takes, shape (k,); None where one takes more."""
    is_used = coefficients != 0
    if (is_used.sum(axis=0) != 1).any():
        return None
    return np.asarray(is_used.argmax(axis=0))


def _are_near(A: FloatArray, B: FloatArray) -> bool:
    return bool((np.abs(A - B) <= NEAR * (1 + np.abs(B))).all())


def _embedded(coefficients: FloatArray, order: IntArray, m: int) -> FloatArray:
    full = np.zeros((m, coefficients.shape[1]))
    full[order] = coefficients
    return full


def _unpacked(packed: FloatArray, m: int) -> FloatArray:
    full = np.zeros((m, m))
    rows, columns = pairs(m)
    full[rows, columns] = full[columns, rows] = packed
    return full


def _shifted(C: FloatArray, T: FloatArray) -> tuple[FloatArray, FloatArray | None]:
    """Columns of shifted variables that span the same, and Q with ``true = shifted @ Q``.

    Where the span is another one (no intercept, an interaction without its main effects) the true columns.
    """
    true = T @ C
    same = np.eye(C.shape[1])
    is_selection = np.array_equal(C.T @ C, same)
    Q = (C.T if is_selection else np.linalg.pinv(C)) @ true
    if not is_selection:
        Q = np.where(np.abs(Q - same) < NEAR, same, Q)
    if _are_near(C @ Q, true):
        return C, Q
    return true, None


def _scaled(C: FloatArray, total: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Columns of unit mean square, and what they were divided by."""
    length = np.sqrt(((total @ C) * C).sum(axis=0) / total[0, 0])
    length = np.where(length > 0, length, 1.0)
    return C / length, length


def _outcome(
    fixed: FloatArray,
    place: int,
    T: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """The working outcome, and what its shift adds to the coefficients of the model."""
    y = np.zeros(len(T))
    y[place] = 1.0
    constant = np.zeros(len(T))
    constant[0] = 1.0
    is_constant = (fixed == constant[:, None]).all(axis=0)
    onto = is_constant.astype(float)
    if is_constant.sum() != 1:
        onto = np.linalg.lstsq(fixed, constant, rcond=None)[0]
    if _are_near(fixed @ onto, constant):
        return y, np.round(onto, 12) * T[0, place]
    return T @ y, np.zeros(fixed.shape[1])


def _check_columns(
    X: FloatArray, total: FloatArray, names: Sequence[str], *, constant: int, of: Sequence[str] = ()
) -> None:
    """Name the first column that the ones before it determine; `of` says where it stands."""
    gram = X.T @ total @ X
    size = np.diag(gram)
    # What is left of a column is measured against what varies in it, not against its mean.
    around = size - (total[constant] @ X) ** 2 / total[constant, constant]
    is_constant = around <= COLLINEAR * size
    needed = COLLINEAR * np.where(is_constant, size, around)
    factor, failed = dpotrf(gram, lower=1, clean=1)
    if not failed and (np.diag(factor) ** 2 > needed).all():
        return
    L = np.zeros_like(gram)
    for j, name in enumerate(names):
        row = np.linalg.solve(L[:j, :j], gram[:j, j]) if j else np.zeros(0)
        left = size[j] - row @ row
        if size[j] <= 0 or left <= needed[j]:
            problem = (
                "a column does not vary" if j and is_constant[j] else "a column depends on those before it"
            )
            raise EstimationError(problem, where=[*of, name], advice="Leave it out of the formula.")
        L[j, :j], L[j, j] = row, np.sqrt(left)


def _factors(
    sums: Sums,
    layout: Layout,
    T: FloatArray,
    *,
    order: IntArray,
    as_they_are: Collection[str],
) -> list[tuple[Factor, FloatArray]]:
    found = []
    total = _unpacked(sums.products.sum(axis=0), len(T))
    for name in dict.fromkeys(block.factor for block in layout.blocks):
        blocks = tuple(block for block in layout.blocks if block.factor == name)
        wanted = [_embedded(block.coefficients, order, len(T)) for block in blocks]
        made = [_block(C, T, total, is_shifted=name not in as_they_are) for C in wanted]
        f = sums.factors.index(name)
        used, codes = np.unique(sums.codes[f], return_inverse=True)
        back = np.zeros((sum(len(B) for _, B in made),) * 2)
        at = 0
        for _, B in made:
            back[at : at + len(B), at : at + len(B)] = B
            at += len(B)
        widths = tuple(len(B) for _, B in made)
        factor = Factor(name, sums.levels[f][used], codes, blocks, widths, back)
        _check_factor(factor, sums.n)
        found.append((factor, np.column_stack([columns for columns, _ in made])))
    return found


def _block(
    C: FloatArray, T: FloatArray, total: FloatArray, *, is_shifted: bool
) -> tuple[FloatArray, FloatArray]:
    """Working random columns, and the way back of their effects."""
    columns, Q = _shifted(C, T) if is_shifted else (T @ C, None)
    columns, scale = _scaled(columns, total)
    inverse = np.eye(C.shape[1]) if Q is None else np.linalg.inv(Q)
    return columns, inverse / scale


def _check_random(factors: Sequence[tuple[Factor, FloatArray]], total: FloatArray, constant: int) -> None:
    """Refuse random columns that say nothing new, over one factor or over two that make the same groups."""
    for i, (factor, columns) in enumerate(factors):
        names = _column_names(factor)
        of = [f"grouping factor {factor.name}"]
        _check_columns(columns, total, names, constant=constant, of=of)
        for other, more in factors[:i]:
            if other.J == factor.J and np.unique(other.codes * factor.J + factor.codes).size == factor.J:
                of = [f"grouping factor {factor.name}, with the same groups as {other.name}"]
                both = np.column_stack([more, columns])
                _check_columns(both, total, [*_column_names(other), *names], constant=constant, of=of)


def _column_names(factor: Factor) -> list[str]:
    return [name for block in factor.blocks for name in block.names]


def _check_factor(factor: Factor, n: int) -> None:
    where = [f"grouping factor {factor.name}"]
    if factor.J < 2:
        raise EstimationError("has one group only", where=where, advice="Leave it out of the formula.")
    for width in factor.widths:
        if n <= width * factor.J:
            raise EstimationError(
                "as many random effects as rows, or more",
                where=where,
                found=f"{width * factor.J} random effects, {n} rows",
                advice="Take simpler random effects.",
            )
