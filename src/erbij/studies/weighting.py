"""Columns of weights become a sampling design."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from erbij.errors import StudyError
from erbij.stats.design import FloatArray, IntArray, SamplingDesign
from erbij.studies import recode
from erbij.studies.study import Exclusion
from erbij.studies.study_file import WeightPlan
from erbij.studies.table import Table


def replicate_columns(names: Sequence[str], prefix: str, file: str) -> list[str]:
    """Columns of the replicate weights, in the order of their numbers.

    Raises
    ------
    StudyError
        None at all, or a number that is lacking.

    Examples
    --------
    >>> replicate_columns(["w", "r2", "r1"], "r", "answers.csv")
    ['r1', 'r2']
    """
    pattern = re.compile(re.escape(prefix) + "([0-9]{1,6})")
    found = {int(match[1]): name for name in names if (match := pattern.fullmatch(name))}
    expected = range(1, max(found, default=1) + 1)
    lacking = [f"{prefix}{number}" for number in expected if number not in found]
    if lacking or len(found) < 2:
        raise StudyError(
            "replicate weights are lacking" if found else "no replicate weights",
            where=(file, "header"),
            found=f"no {', '.join(lacking[:5] or [f'{prefix}2'])}",
            allowed=[f"{prefix}1, {prefix}2 and so on without gaps"],
            advice="Give their common beginning as replicates under [weights] in STUDY.toml.",
        )
    return [found[number] for number in expected]


def design(table: Table, plan: WeightPlan | None) -> tuple[SamplingDesign, Table, list[Exclusion]]:
    """Read the weights; rows without one leave the table and are counted.

    Returns
    -------
    design, table, exclusions
        The table without rows that have no weight and without the columns of the replicates.

    Raises
    ------
    StudyError
        A weight that is negative or not finite, a replicate weight that is so or lacking, no weight above 0.
    """
    if plan is None:
        return SamplingDesign(np.ones(table.frame.height)), table, []
    weights = _weights(table, plan.column)
    is_kept = weights > 0
    exclusions = []
    if not is_kept.all():
        exclusions.append(Exclusion("no-weight", plan.column, int((~is_kept).sum())))
        table, weights = table.only(is_kept), weights[is_kept]
    if not weights.size:
        raise StudyError("no pupil has a weight above 0", where=(table.file, f"column {plan.column}"))
    replicates = clusters = None
    if plan.replicates is not None:
        columns = replicate_columns(table.columns, plan.replicates, table.file)
        replicates = _replicates(table, columns)
        table = replace(table, frame=table.frame.drop(columns))
    if plan.clusters is not None:
        clusters = _clusters(table, plan.clusters)
    return SamplingDesign(weights, replicates, plan.fay, clusters), table, exclusions


def _weights(table: Table, name: str) -> FloatArray:
    weights, _ = recode.numbers(table, name)
    _refuse_first(table, name, weights, is_wrong=weights < 0)
    return np.nan_to_num(weights, nan=0.0)


def _replicates(table: Table, columns: Sequence[str]) -> FloatArray:
    # One array, filled in place: with 600,000 pupils a second one would cost 400 MB.
    replicates = np.empty((table.frame.height, len(columns)), order="F")
    for r, name in enumerate(columns):
        values, _ = recode.numbers(table, name)
        _refuse_first(table, name, values, is_wrong=~(values >= 0))
        replicates[:, r] = values
    return replicates


def _refuse_first(
    table: Table, name: str, values: FloatArray, *, is_wrong: np.typing.NDArray[np.bool_]
) -> None:
    if is_wrong.any():
        first = int(np.argmax(is_wrong))
        found = "empty" if np.isnan(values[first]) else float(values[first])
        raise StudyError(
            "not a weight", where=table.cell(first, name), found=found, allowed=["a finite number, 0 or more"]
        )


def _clusters(table: Table, name: str) -> IntArray:
    column = table.column(name)
    if column.is_null().any():
        first = int(column.is_null().arg_max() or 0)
        raise StudyError("a pupil outside every cluster", where=table.cell(first, name), found="empty")
    return np.array(column.rank("dense").cast(pl.Int64).to_numpy() - 1, dtype=np.int64)
