"""Logistic mixed models of yes and no, fitted to counts by pattern of predictors and group."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.stats import newton
from erbij.stats.design import FloatArray, IntArray
from erbij.stats.frame_rows import MISSING, complete_rows, plan_of, rows_of
from erbij.stats.laplace import Approximation, Counts, Laplace
from erbij.stats.mixed_fit import Component, Ending
from erbij.stats.mixed_plan import Plan, outcome_of
from erbij.stats.newton import Search
from erbij.stats.penalty import MOST_DENSE
from erbij.stats.row_sums import Rows
from erbij.stats.search import SINGULAR

START = 0.5
ENDLESS = 20.0
"""A standard error, columns of unit length, that tells that a coefficient has no end."""


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """A logistic mixed model, fitted by maximum likelihood.

    `beta`, `se` (p,) and `covariance` (p, p) on the scale of log odds, from the curvature of the likelihood
    in all parameters together. `points`: 1 for Laplace's approximation. `modes` are the effects of the groups
    of each factor, shape (J, q), `counts` what was fitted to, in working columns.
    """

    n: int
    groups: Mapping[str, int]
    names: tuple[str, ...]
    beta: FloatArray
    se: FloatArray
    covariance: FloatArray
    variances: tuple[Component, ...]
    loglik: float
    points: int
    ending: Ending
    excluded: Mapping[str, int]
    levels: Mapping[str, tuple[str, ...]]
    modes: Mapping[str, FloatArray]
    counts: Counts

    @property
    def objective(self) -> float:
        """-2 times the log-likelihood."""
        return -2.0 * self.loglik


@dataclass(frozen=True, slots=True)
class _Arranged:
    """Counts in working columns, and the ways back of coefficients and random effects."""

    counts: Counts
    fixed_back: FloatArray
    random_back: Mapping[str, FloatArray]


def fit(formula: str, frame: pl.DataFrame, points: int = 1) -> LogisticFit:
    """Fit a logistic mixed model to a table.

    Parameters
    ----------
    formula
        Of a mixed model; the outcome is 0 and 1, or text with two values, of which the later counts as yes.
    frame
        Rows that lack a value are left out and counted.
    points
        Quadrature points for one random intercept; 1 is Laplace's approximation.

    Raises
    ------
    EstimationError
        An outcome that is not yes or no, or that a column determines; several points with other random terms.
    """
    complete = _as_numbers(complete_rows(formula, frame), outcome_of(formula))
    plan = plan_of(formula, complete)
    rows = rows_of(plan, complete, None)
    arranged = _arrange(plan, rows)
    if points > 1 and arranged.counts.columns.shape[1] != 1:
        raise EstimationError("quadrature takes one random intercept or slope", found=formula)
    laplace = Laplace(arranged.counts, points)
    P = arranged.counts.row.size
    start = np.where(arranged.counts.row == arranged.counts.column, START, 0.0)
    found = newton.minimise(laplace, np.concatenate([start, _without_groups(arranged.counts)]))
    working = 2 * np.linalg.pinv(found.hessian)[P:, P:]
    if np.diag(working).max() > ENDLESS**2 or found.at.deviance < 1e-4:
        raise EstimationError("a column tells yes from no without error", where=plan.layout.names)
    covariance = np.asarray(arranged.fixed_back @ working @ arranged.fixed_back.T, dtype=np.float64)
    return replace(
        _told(plan, rows, arranged, found, covariance),
        points=points,
        excluded={MISSING: frame.height - rows.n},
    )


def _told(
    plan: Plan, rows: Rows, arranged: _Arranged, found: Search[Approximation], covariance: FloatArray
) -> LogisticFit:
    P, p = arranged.counts.row.size, arranged.counts.X.shape[1]
    thetas = _lambdas(arranged.counts, found.at.theta[:P])
    names = list(plan.factors)
    by_factor = dict(zip(names, thetas, strict=True))
    return LogisticFit(
        n=rows.n,
        groups={name: len(rows.groupings[name].levels) for name in names},
        names=plan.layout.names,
        beta=arranged.fixed_back @ found.at.theta[P : P + p],
        se=np.sqrt(np.diag(covariance)),
        covariance=covariance,
        variances=_components(plan, arranged, by_factor),
        loglik=-found.at.deviance / 2,
        points=1,
        ending=Ending(
            found.is_settled,
            found.evaluations,
            float(np.abs(found.at.gradient).max()),
            any(np.linalg.svd(L, compute_uv=False)[-1] < SINGULAR for L in thetas),
        ),
        excluded={},
        levels={name: tuple(map(str, rows.groupings[name].levels)) for name in names},
        modes=_modes(rows, arranged, by_factor, found.at),
        counts=arranged.counts,
    )


def _as_numbers(frame: pl.DataFrame, outcome: str) -> pl.DataFrame:
    """The outcome as 0 and 1."""
    if outcome not in frame.columns:
        return frame
    values = frame[outcome]
    if values.dtype in (pl.Categorical, pl.Enum):
        values = values.cast(pl.String)
    found = sorted(values.unique().to_list())
    if values.dtype == pl.String:
        if len(found) != 2:
            raise EstimationError("an outcome of yes and no has two values", where=[outcome], found=found)
        values = (values == found[1]).cast(pl.Float64)
    elif not set(found) <= {0, 1}:
        raise EstimationError(
            "an outcome of yes and no is 0 and 1",
            where=[outcome],
            found=next(v for v in found if v not in {0, 1}),
        )
    if len(found) < 2:
        raise EstimationError("the outcome does not vary", where=[outcome], found=found)
    return frame.with_columns(values.cast(pl.Float64).alias(outcome))


def _arrange(plan: Plan, rows: Rows) -> _Arranged:
    V = _columns(plan, rows)
    layout = plan.layout
    X, back = _standardised(V @ layout.fixed)
    _check_rank(X, layout.names)
    y = rows.variables[plan.outcome]
    columns: list[FloatArray] = []
    at: list[IntArray] = []
    places: list[IntArray] = []
    random_back: dict[str, FloatArray] = {}
    theta: list[tuple[int, int, int]] = []
    N = 0
    for f, name in enumerate(plan.factors):
        grouping = rows.groupings[name]
        J, blocks = len(grouping.levels), [b for b in layout.blocks if b.factor == name]
        made = [_standardised(V @ b.coefficients) for b in blocks]
        q = sum(Z.shape[1] for Z, _ in made)
        _check_groups(name, J, q * J, rows.n)
        places.append(np.arange(q) + sum(place.size for place in places))
        own = np.zeros((q, q))
        start = 0
        for Z, B in made:
            width = Z.shape[1]
            own[start : start + width, start : start + width] = B
            theta += [(f, start + r, start + c) for c in range(width) for r in range(c, width)]
            columns.append(Z)
            start += width
        random_back[name] = own
        at.append(N + np.arange(q)[None, :] * J + grouping.codes[:, None])
        N += q * J
    if len(plan.factors) > 1 and N > MOST_DENSE:
        raise EstimationError("too many random effects of several factors", found=N, allowed=[MOST_DENSE])
    one_factor = N // places[0].size if len(places) == 1 else None
    factor, row, column = np.array(theta, dtype=np.int64).T
    collapsed = _collapsed(y, X, np.column_stack(columns), np.column_stack(at))
    counts = Counts(*collapsed, N, one_factor, factor=factor, row=row, column=column, places=tuple(places))
    return _Arranged(counts, back, random_back)


def _columns(plan: Plan, rows: Rows) -> FloatArray:
    found = np.ones((rows.n, len(plan.layout.columns)))
    for j, column in enumerate(plan.layout.columns):
        for name in column:
            found[:, j] *= rows.variables[name]
    if not np.isfinite(found).all():
        bad = plan.layout.columns[int(np.flatnonzero(~np.isfinite(found).all(axis=0))[0])]
        raise EstimationError("a value is infinite", where=[":".join(bad)], advice="Mark it as missing.")
    return found


def _standardised(C: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Columns of mean zero and length one beside a constant, and the way back of their coefficients."""
    q = C.shape[1]
    ones = np.flatnonzero((C == 1).all(axis=0))
    center, back = np.zeros(q), np.eye(q)
    if ones.size:
        center = C.mean(axis=0)
        center[ones[0]] = 0.0
    moved = C - center
    length = np.sqrt(np.mean(moved**2, axis=0))
    length = np.where(length > 0, length, 1.0)
    if ones.size:
        back[ones[0]] -= center
        back[ones[0], ones[0]] = 1.0
    return moved / length, back / length


def _check_rank(X: FloatArray, names: tuple[str, ...]) -> None:
    R = np.abs(np.diag(np.linalg.qr(X, mode="r"))) / np.sqrt(len(X))
    if (R < 1e-6).any():
        name = names[int(np.argmax(R < 1e-6))]
        problem = "does not vary or depends on the columns before it"
        raise EstimationError(f"a column {problem}", where=[name], advice="Leave it out of the formula.")


def _check_groups(name: str, J: int, effects: int, n: int) -> None:
    if J < 2:
        raise EstimationError("has one group only", where=[f"grouping factor {name}"])
    if effects >= n:
        raise EstimationError(
            "as many random effects as rows, or more", where=[f"grouping factor {name}"], found=effects
        )


def _collapsed(
    y: FloatArray, X: FloatArray, columns: FloatArray, at: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, IntArray]:
    """Counts by pattern: rows alike in all columns and groups become one."""
    keys = np.ascontiguousarray(np.column_stack([X, columns, at]))
    _, first, place = np.unique(
        keys.view([("", keys.dtype)] * keys.shape[1]).ravel(), return_index=True, return_inverse=True
    )
    trials = np.bincount(place).astype(np.float64)
    yes = np.bincount(place, y).astype(np.float64)
    return yes, trials, X[first], columns[first], at[first]


def _without_groups(counts: Counts) -> FloatArray:
    """Where a search for the coefficients starts: no group differs."""
    beta = np.zeros(counts.X.shape[1])
    for _ in range(8):
        p = 1 / (1 + np.exp(-np.clip(counts.X @ beta, -30, 30)))
        W = counts.trials * np.maximum(p * (1 - p), 1e-6)
        gram = counts.X.T @ (counts.X * W[:, None])
        beta = beta + np.linalg.solve(gram, counts.X.T @ (counts.yes - counts.trials * p))
    return np.clip(beta, -10, 10)


def _lambdas(counts: Counts, theta: FloatArray) -> list[FloatArray]:
    found = [np.zeros((place.size, place.size)) for place in counts.places]
    for value, f, r, c in zip(theta, counts.factor, counts.row, counts.column, strict=True):
        found[f][r, c] = value
    return found


def _components(plan: Plan, arranged: _Arranged, lambdas: Mapping[str, FloatArray]) -> tuple[Component, ...]:
    found = []
    for factor, L in lambdas.items():
        root = arranged.random_back[factor] @ L
        G = root @ root.T
        start = 0
        for block in (b for b in plan.layout.blocks if b.factor == factor):
            names = block.names
            own = G[start : start + len(names), start : start + len(names)]
            found += [Component(factor, name, None, float(own[i, i])) for i, name in enumerate(names)]
            found += [
                Component(factor, names[i], names[j], float(own[i, j]))
                for i in range(len(names))
                for j in range(i + 1, len(names))
            ]
            start += len(names)
    return tuple(found)


def _modes(
    rows: Rows, arranged: _Arranged, lambdas: Mapping[str, FloatArray], at: Approximation
) -> dict[str, FloatArray]:
    found, start = {}, 0
    for factor, L in lambdas.items():
        J = len(rows.groupings[factor].levels)
        size = len(L) * J
        u = at.modes[start : start + size].reshape(len(L), J)
        found[factor] = (arranged.random_back[factor] @ L @ u).T
        start += size
    return found
