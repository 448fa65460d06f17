"""The sums of Spark: on its own engine in this process, as `spark://` would be. Run by `make spark`."""

import numpy as np
import polars as pl
import pytest

from erbij.errors import EstimationError
from erbij.stats import mixed_fit
from erbij.stats import sums as sums_of_rows
from erbij.stats.aggregation import aggregate
from erbij.stats.frame_rows import sums_of

pytestmark = pytest.mark.spark

FORMULA = "score ~ year * C(girl) + track + I(year ** 2) + (1 + year | school/pupil)"


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession  # noqa: PLC0415 - is not there in the ordinary environment

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than so few rows
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    builder = SparkSession.builder.master("local[2]").appName("erbij")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def rows(reference_folder):
    """Growth over three levels; with NaN, null, and an outcome far from zero."""
    frame = pl.read_csv(reference_folder / "mixed_growth.csv", null_values="NA")
    return frame.with_columns(score=pl.col("score").fill_null(float("nan")) + 1e5)


@pytest.fixture(scope="module")
def table(spark, rows, tmp_path_factory):
    """Two files, so that there is something to add."""
    folder = tmp_path_factory.mktemp("spark")
    rows.head(200).write_parquet(folder / "one.parquet")
    rows.tail(rows.height - 200).write_parquet(folder / "two.parquet")
    return spark.read.parquet(str(folder))


def comparable(sums):
    there = sums_of_rows.reshifted(sums, {"score": 1e5})
    names = [tuple(levels[c] for levels, c in zip(sums.levels, cell, strict=True)) for cell in sums.codes.T]
    order = sorted(range(len(names)), key=names.__getitem__)
    return [names[i] for i in order], there.products[order], sums.counts[order]


@pytest.mark.parametrize("weights", [None, "w"])
def test_spark_gives_the_same_sums(weights, table, rows):
    expected, _ = sums_of(FORMULA, rows, weights, for_pooling=True)
    found, _ = aggregate(FORMULA, table, weights, for_pooling=True)
    assert (found.columns, found.factors, found.n) == (expected.columns, expected.factors, expected.n)
    assert dict(found.excluded) == dict(expected.excluded)
    assert found.log_weights == pytest.approx(expected.log_weights, rel=1e-12)
    (cells, products, counts), (their_cells, theirs, their_counts) = comparable(found), comparable(expected)
    assert cells == their_cells
    np.testing.assert_array_equal(counts, their_counts)
    np.testing.assert_allclose(products, theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max())


def test_spark_gives_the_same_fit(table, rows):
    formula = "score ~ year + girl + (1 + year | pupil)"
    fits = []
    for found, plan in (aggregate(formula, table), sums_of(formula, rows)):
        fits.append(mixed_fit.fit(found, plan.layout))
    assert fits[0].loglik == pytest.approx(fits[1].loglik, rel=1e-10)
    np.testing.assert_allclose(fits[0].beta, fits[1].beta, rtol=1e-8)


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("score ~ np.sin(year) + (1 | pupil)", "can't be summed where the rows are"),
        ("track ~ year + (1 | pupil)", "holds no numbers"),
    ],
)
def test_what_spark_can_not_sum_is_named(formula, problem, table):
    with pytest.raises(EstimationError, match=problem):
        aggregate(formula, table)
