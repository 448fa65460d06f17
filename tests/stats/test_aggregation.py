import duckdb
import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats import sums as sums_of_rows
from erbij.stats.aggregation import aggregate
from erbij.stats.frame_rows import sums_of

FORMULA = "score ~ year * C(girl) + track + I(year ** 2) + (1 + year | school/pupil)"


@pytest.fixture(scope="module")
def rows(reference_folder):
    frame = pl.read_csv(reference_folder / "mixed_growth.csv", null_values="NA")
    return frame.with_columns(score=pl.col("score").fill_null(float("nan")) + 1e5)


@pytest.fixture(scope="module")
def engines(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("engines") / "rows.parquet"
    rows.write_parquet(path)
    return {
        "eager": lambda: rows,
        "lazy": lambda: pl.scan_parquet(path),
        "duckdb": lambda: duckdb.read_parquet(str(path)),
    }


def comparable(sums):
    there = sums_of_rows.reshifted(sums, {"score": 1e5})
    names = [
        tuple(levels[code] for levels, code in zip(sums.levels, cell, strict=True)) for cell in sums.codes.T
    ]
    order = sorted(range(len(names)), key=names.__getitem__)
    return [names[i] for i in order], there.products[order], sums.counts[order]


@pytest.mark.parametrize("engine", ["eager", "lazy", "duckdb"])
@pytest.mark.parametrize("weights", [None, "w"])
def test_every_engine_gives_the_same_sums(engine, weights, engines, rows):
    expected, plan = sums_of(FORMULA, rows, weights, for_pooling=True)
    found, found_plan = aggregate(FORMULA, engines[engine](), weights, for_pooling=True)
    assert found_plan is plan
    assert (found.columns, found.factors) == (expected.columns, expected.factors)
    assert (found.n, dict(found.excluded)) == (expected.n, dict(expected.excluded))
    assert found.log_weights == pytest.approx(expected.log_weights, rel=1e-12)
    (cells, products, counts), (their_cells, theirs, their_counts) = comparable(found), comparable(expected)
    assert cells == their_cells
    np.testing.assert_array_equal(counts, their_counts)
    np.testing.assert_allclose(products, theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max())


def test_a_value_lost_in_an_expression_is_counted(rows):
    found, _ = aggregate("score ~ np.log(year) + (1 | pupil)", rows.filter(pl.col("year") != 0))
    all_found, _ = sums_of("score ~ np.log(year - 1) + (1 | pupil)", rows.filter(pl.col("year") > 1))
    lost, _ = aggregate(
        "score ~ np.log(year - 5) + np.sqrt(year) + (1 | pupil)", rows.with_columns(year=pl.col("year") + 4.5)
    )
    assert found.excluded["missing"] < lost.excluded["missing"]
    assert all_found.n + all_found.excluded["missing"] == rows.filter(pl.col("year") > 1).height


@pytest.mark.parametrize(
    ("formula", "weights", "problem"),
    [
        ("score ~ np.sin(year) + (1 | pupil)", None, "can't be summed where the rows are"),
        ("track ~ year + (1 | pupil)", None, "holds no numbers"),
        ("score ~ endless + (1 | pupil)", None, "endless: a value is infinite"),
        ("score ~ year + (1 | pupil)", "nought", "zero or negative"),
        ("score ~ empty + (1 | pupil)", None, "no row has all"),
    ],
)
def test_what_can_not_be_summed_is_named(formula, weights, problem, rows):
    odd = rows.with_columns(
        endless=pl.when(pl.col("year") == 1).then(np.inf).otherwise(1.0),
        nought=pl.when(pl.col("girl") == 1).then(0.0).otherwise(1.0),
        empty=pl.lit(None, dtype=pl.Float64),
    )
    with pytest.raises(EstimationError, match=problem):
        aggregate(formula, odd.lazy(), weights)
