"""Do the questions measure one thing together? Alpha and omega total of the main scale."""

from collections.abc import Callable

import numpy as np
import polars as pl

from erbij.errors import EstimationError
from erbij.findings import domains
from erbij.findings.cells import Numbers, cells
from erbij.stats import reliability
from erbij.stats.covariances import correlation, covariance
from erbij.stats.design import FloatArray
from erbij.studies.study import Study

Coefficient = tuple[int, float, float, float]
"""Pupils behind it, value, and interval."""


def find(study: Study) -> pl.DataFrame:
    """Measures `alpha` and `omega` with their intervals, unweighted.

    Alpha rests on the pupils who answered every item, omega on every pair of answers (correlations). A
    coefficient that can't be computed has no value, which the gate withholds.
    """
    names, answers = _oriented(study)
    found = {"alpha": _alpha, "omega": _omega}
    return pl.concat(_cell(study, name, _or_none(compute, answers, names)) for name, compute in found.items())


def _oriented(study: Study) -> tuple[list[str], FloatArray]:
    """The items of the main scale, all turned the same way: shape (n, items)."""
    items = study.instrument.items_of(study.instrument.main_scale)
    here = [item for item in items if item.id in study.answers]
    turned = [-study.answers[item.id] if item.reversed else study.answers[item.id] for item in here]
    return [item.id for item in here], np.column_stack(turned)


def _or_none(
    compute: Callable[[FloatArray, list[str]], Coefficient], answers: FloatArray, names: list[str]
) -> Coefficient:
    try:
        return compute(answers, names)
    except EstimationError:
        return 0, np.nan, np.nan, np.nan


def _alpha(answers: FloatArray, names: list[str]) -> Coefficient:
    found = covariance(answers, names=names)
    value = reliability.alpha(found.S)
    return found.n, value, *reliability.alpha_interval(value, found.n, len(names))


def _omega(answers: FloatArray, names: list[str]) -> Coefficient:
    found = correlation(answers, names=names, missing="pairwise")
    omega = reliability.omega_total(found.S, found.n)
    return found.n, omega.value, omega.low, omega.high


def _cell(study: Study, name: str, coefficient: Coefficient) -> pl.DataFrame:
    n, *numbers = coefficient
    keys = domains.everyone(study, "all").keys
    return cells(keys, name, Numbers(np.array([n]), *(np.array([number]) for number in numbers)))
