import json
from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.errors import EstimationError
from erbij.stats import sums as sums_of_rows
from erbij.stats.frame_rows import sums_of
from erbij.stats.mixed_fit import fit

FORMULA = "y ~ x * z + c + (1 | g) + (1 | h)"


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(11)
    n = 300
    g, h = rng.integers(0, 12, n), rng.integers(0, 7, n)
    x, z = rng.normal(5, 2, n), rng.normal(size=n)
    y = x - z + rng.normal(size=12)[g] + rng.normal(size=7)[h] + rng.normal(size=n)
    return pl.DataFrame({"y": y, "x": x, "z": z, "c": rng.choice(["p", "q", "r"], n), "g": g, "h": h})


def moments(sums):
    """The sums of columns that were not shifted, by cell."""
    there = sums_of_rows.reshifted(sums, {})
    names = [
        tuple(levels[code] for levels, code in zip(sums.levels, cell, strict=True)) for cell in sums.codes.T
    ]
    return dict(zip(names, there.products, strict=True))


@given(st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=8, deadline=None)
def test_sums_of_parts_are_the_sums_of_the_whole(rows, a, b):
    whole, _ = sums_of(FORMULA, rows, for_pooling=True)
    cuts = sorted({0, a, b, 300})
    parts = [sums_of(FORMULA, rows[i:j], for_pooling=True)[0] for i, j in pairwise(cuts)]
    pooled = sums_of_rows.with_columns(sums_of_rows.pool(parts), whole.columns)
    assert pooled.n == whole.n
    here, there = moments(whole), moments(pooled)
    assert here.keys() == there.keys()
    for cell, products in here.items():
        np.testing.assert_allclose(there[cell], products, rtol=1e-12, atol=1e-10)


@pytest.mark.parametrize("is_sorted", [True, False])
@pytest.mark.parametrize("weights", [None, "w"])
def test_cells_with_few_and_with_many_rows_are_summed_alike(rows, is_sorted, weights):
    rng = np.random.default_rng(5)
    many = rows.with_columns(h=pl.col("g") % 2, w=pl.Series(rng.uniform(0.5, 2, rows.height)))
    many = many.sort("h") if is_sorted else many
    formula = "y ~ x + c + (1 | h)"
    found = moments(sums_of(formula, many, weights)[0])
    for (h,), products in found.items():
        part = many.filter(pl.col("h") == int(h))
        w = part["w"].to_numpy() if weights else np.ones(part.height)
        columns = [np.ones(part.height), part["x"].to_numpy(), part["c"] == "q", part["c"] == "r", part["y"]]
        V = np.column_stack(columns)
        expected = ((V.T * w) @ V)[np.triu_indices(5)]
        np.testing.assert_allclose(products, expected, rtol=1e-12)


def test_categories_are_found_also_where_they_are_rare_or_blank(rows):
    rare = rows.with_columns(c=pl.when(pl.arange(0, 300) == 101).then(pl.lit("a")).otherwise("c"))
    _, plan = sums_of(FORMULA, rare)
    assert plan.categories["c"].levels == ("a", "p", "q", "r")
    blank = rows.with_columns(c=pl.when(pl.arange(0, 300) < 100).then(pl.lit(" ")).otherwise("c"))
    sums, plan = sums_of(FORMULA, blank)
    assert plan.categories["c"].levels == ("p", "q", "r")
    assert (sums.n, dict(sums.excluded)) == (200, {"missing": 100})


def test_a_fit_of_pooled_sums_is_the_fit_of_the_whole(rows):
    parts = [sums_of(FORMULA, rows.filter(pl.col("c") != "p"), for_pooling=True)[0]]
    parts += [sums_of(FORMULA, rows.filter(pl.col("c") == "p"), for_pooling=True)[0]]
    whole, plan = sums_of(FORMULA, rows)
    pooled = sums_of_rows.with_columns(sums_of_rows.pool(parts), plan.layout.columns)
    here, there = fit(whole, plan.layout), fit(pooled, plan.layout)
    np.testing.assert_allclose(there.beta, here.beta, rtol=1e-11)
    np.testing.assert_allclose(there.se, here.se, rtol=1e-10)
    assert there.loglik == pytest.approx(here.loglik, rel=1e-13)
    assert [c.value for c in there.variances] == pytest.approx([c.value for c in here.variances], rel=1e-9)


def test_a_column_around_ten_million_loses_nothing():
    rng = np.random.default_rng(5)
    x = 1e7 + rng.normal(size=200)
    y = 3e6 + rng.normal(size=200)
    g = rng.integers(0, 5, 200)
    found, _ = sums_of("y ~ x + (1 | g)", pl.DataFrame({"y": y, "x": x, "g": g}))
    place = sums_of_rows.places(len(found.columns))
    i, j = found.columns.index(("x",)), found.columns.index(("y",))
    for cell, code in enumerate(found.codes[0]):
        inside = g == int(found.levels[0][code])
        exact_x = [Fraction(v) for v in x[inside]]
        exact_y = [Fraction(v) for v in y[inside]]
        n = len(exact_x)
        exact = sum(a * b for a, b in zip(exact_x, exact_y, strict=True)) - sum(exact_x) * sum(exact_y) / n
        S = found.products[cell]
        ours = S[place[i, j]] - S[place[0, i]] * S[place[0, j]] / S[0]
        assert ours == pytest.approx(float(exact), rel=1e-12, abs=1e-12)


def test_json_keeps_every_digit(rows):
    found, _ = sums_of(FORMULA, rows)
    read, about = sums_of_rows.from_json(sums_of_rows.to_json(found, {"formula": FORMULA}))
    assert about["formula"] == FORMULA
    assert (read.columns, read.factors, dict(read.shift)) == (found.columns, found.factors, dict(found.shift))
    np.testing.assert_array_equal(read.products, found.products)
    np.testing.assert_array_equal(read.codes, found.codes)
    assert [levels.tolist() for levels in read.levels] == [levels.tolist() for levels in found.levels]


@pytest.mark.parametrize(
    "broken",
    [
        {"format": "else"},
        {"codes": [[0, 99], [0, 0]]},
        {"counts": [0]},
        {"products": [[1.0]]},
        {"levels": []},
        {"columns": [["x"]]},
    ],
)
def test_what_is_not_sums_is_refused(rows, broken):
    text = sums_of_rows.to_json(sums_of(FORMULA, rows)[0], {})
    with pytest.raises(EstimationError, match="these are not sums"):
        sums_of_rows.from_json(json.dumps(json.loads(text) | broken))


def test_sums_of_other_factors_do_not_add(rows):
    one, _ = sums_of("y ~ x + (1 | g)", rows)
    other, _ = sums_of("y ~ x + (1 | h)", rows)
    with pytest.raises(EstimationError, match="other grouping factors"):
        one + other


@pytest.mark.parametrize("formula", ["y ~ poly(x, 2) + (1 | g)", "y ~ center(x) + (1 | g)"])
def test_what_depends_on_all_rows_is_not_summed_by_part(rows, formula):
    with pytest.raises(EstimationError, match="depends on all rows"):
        sums_of(formula, rows, for_pooling=True)
    assert sums_of(formula, rows)[0].n == 300
