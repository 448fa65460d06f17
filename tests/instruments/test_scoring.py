import time
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.instruments.reading import read
from erbij.instruments.scoring import needed, score

PISA = registry.load("pisa-2015-belonging")
PSSM = registry.load("pssm")
CODE = st.sampled_from([1.0, 2.0, 3.0, 4.0, np.nan])


def of(instrument, rows):
    columns = np.asarray(rows, dtype=float).T
    return dict(zip(instrument.items, columns, strict=True))


def test_score_of_full_belonging_is_100_and_of_none_0():
    assert_array_equal(
        score(PISA, of(PISA, [[4, 1, 1, 4, 1, 4], [1, 4, 4, 1, 4, 1]]))["belonging"], [100.0, 0.0]
    )


@pytest.mark.parametrize("code", [1, 2, 3, 4])
def test_score_of_the_same_answer_to_all_six_is_exactly_50(code):
    assert score(PISA, of(PISA, [[code] * 6]))["belonging"][0] == 50.0


def test_score_of_pssm_turns_five_items_round():
    best = [1 if k in (3, 6, 9, 12, 16) else 5 for k in range(1, 19)]
    assert_array_equal(score(PSSM, of(PSSM, [best, [3] * 18]))["belonging"], [100.0, 50.0])


@pytest.mark.parametrize(
    ("share", "items", "count"), [(0.8, 6, 5), (0.8, 18, 15), (0.8, 5, 4), (0.8, 1, 1), (1, 6, 6)]
)
def test_needed_rounds_up(share, items, count):
    assert needed(share, items) == count


def test_needed_is_not_fooled_by_floating_point():
    assert 0.07 * 100 > 7
    assert needed(0.07, 100) == 7


def test_score_needs_five_of_six_and_is_the_mean_of_those():
    rows = [[4, 1, 1, 4, 1, np.nan], [4, 1, 1, 4, np.nan, np.nan], [3, 1, 1, 4, 1, np.nan], [np.nan] * 6]
    assert_allclose(score(PISA, of(PISA, rows))["belonging"], [100.0, np.nan, 93.33333333333333, np.nan])


def test_score_counts_an_absent_column_as_unanswered():
    rows = of(PISA, [[4, 1, 1, 4, 1, 4], [4, 1, 1, 4, np.nan, 4]])
    del rows["ST034Q02TA"]
    assert_array_equal(score(PISA, rows)["belonging"], [100.0, np.nan])


def test_score_leaves_out_a_scale_that_was_not_asked_enough():
    rows = of(PISA, [[4, 1, 1, 4, 1, 4]])
    del rows["ST034Q02TA"], rows["ST034Q03TA"]
    assert score(PISA, rows) == {}


def test_score_of_nobody_is_empty():
    assert score(PISA, of(PISA, np.empty((0, 6))))["belonging"].shape == (0,)


def test_score_makes_the_parts_of_the_main_scale(write_instrument):
    small = read(write_instrument())
    scores = score(small, {"peers": np.array([3.0]), "alone": np.array([3.0]), "greeted": np.array([2.0])})
    assert {name: value[0] for name, value in scores.items()} == {
        "belonging": 50.0,
        "open-door": 50.0,
        "facet-acceptance": 100.0,
        "facet-inclusion": 0.0,
        "source-peers": 50.0,
        "context-class": 100.0,
    }


def test_score_weighs_items_with_unequal_formats_alike(write_instrument):
    small = read(write_instrument())
    five = replace(small.formats["how-often"], id="five", options=small.formats["how-often"].options[:2])
    items = dict(small.items) | {"alone": replace(small.items["alone"], format="five")}
    mixed = replace(small, formats=dict(small.formats) | {"five": five}, items=items)
    scores = score(mixed, {"peers": np.array([2.0]), "alone": np.array([1.0])})
    assert scores["belonging"][0] == 75.0


@pytest.mark.parametrize("wrong", [0, 5, 2.5, 99, np.inf, -np.inf])
def test_score_refuses_a_code_that_is_not_there(wrong):
    rows = of(PISA, [[1, 1, 1, 1, 1, 1], [1, wrong, 1, 1, 1, 1]])
    with pytest.raises(StudyError, match=r"item ST034Q02TA, answer 2: not a code .* allowed: 1, 2, 3, 4"):
        score(PISA, rows)


def test_score_refuses_columns_of_unequal_length():
    rows = of(PISA, [[1] * 6]) | {"ST034Q01TA": np.ones(2)}
    with pytest.raises(StudyError, match="unequal numbers of answers"):
        score(PISA, rows)


def test_score_changes_no_answer():
    rows = of(PISA, [[4, 1, 1, 4, np.nan, 4]])
    before = {item: column.copy() for item, column in rows.items()}
    score(PISA, rows)
    for item, column in rows.items():
        assert_array_equal(column, before[item])


@given(st.lists(st.lists(CODE, min_size=6, max_size=6), min_size=1, max_size=20))
def test_score_stays_within_0_and_100_and_mirrors(rows):
    scores = score(PISA, of(PISA, rows))["belonging"]
    mirrored = score(PISA, of(PISA, 5 - np.asarray(rows)))["belonging"]
    is_enough = (~np.isnan(rows)).sum(axis=1) >= 5
    assert_array_equal(~np.isnan(scores), is_enough)
    assert ((scores[is_enough] >= 0) & (scores[is_enough] <= 100)).all()
    assert_allclose(scores + mirrored, np.where(is_enough, 100.0, np.nan), rtol=1e-13)


@given(st.lists(st.integers(1, 4), min_size=6, max_size=6), st.integers(0, 5))
def test_score_never_falls_when_one_answer_says_more(codes, position):
    better = list(codes)
    is_positive = PISA.items[list(PISA.items)[position]].reversed
    better[position] = max(1, codes[position] - 1) if is_positive else min(4, codes[position] + 1)
    low, high = score(PISA, of(PISA, [codes, better]))["belonging"]
    assert high >= low


def test_score_is_fast_on_many_pupils():
    rng = np.random.default_rng(1)
    n = 200_000
    answers = {item: rng.integers(1, 6, n).astype(float) for item in PSSM.items}
    started = time.perf_counter()
    score(PSSM, answers)
    assert time.perf_counter() - started < 3.0


def test_score_matches_pisa_2015_usa(shared_data):
    pisa = pl.read_parquet(shared_data / "pisa2015_usa.parquet")
    answers = {item: pisa[item].cast(pl.Float64).fill_null(np.nan).to_numpy() for item in PISA.items}
    scores = score(PISA, answers)["belonging"]
    has = ~np.isnan(scores)
    weights = pisa["W_FSTUWT"].to_numpy()[has]
    assert has.sum() == 5569
    assert np.average(scores[has], weights=weights) == pytest.approx(66.782267, abs=5e-7)
    assert 100 * np.average(scores[has] < 50, weights=weights) == pytest.approx(14.490436, abs=5e-7)


def test_score_with_four_of_six_matches_r_survey(shared_data):
    # R survey 4.1-1, svymean over the 80 replicate weights: reference_pisa2015_usa.json.
    four = replace(PISA, min_share_answered=4 / 6)
    pisa = pl.read_parquet(shared_data / "pisa2015_usa.parquet")
    answers = {item: pisa[item].cast(pl.Float64).fill_null(np.nan).to_numpy() for item in PISA.items}
    scores = score(four, answers)["belonging"]
    has = ~np.isnan(scores)
    mean = np.average(scores[has], weights=pisa["W_FSTUWT"].to_numpy()[has])
    assert mean == pytest.approx(66.7667855951847, rel=1e-12)


def test_score_follows_belong_in_pisa_2003(shared_data):
    key = registry.load("pisa-2003-belonging")
    pisa = pl.read_parquet(shared_data / "pisa2003_nld.parquet")
    answers = {item: pisa[item].cast(pl.Float64).fill_null(np.nan).to_numpy() for item in key.items}
    scores = score(key, answers)["belonging"]
    belong = pisa["BELONG"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    has = ~np.isnan(scores) & (np.abs(belong) < 5)
    assert np.corrcoef(scores[has], belong[has])[0, 1] > 0.95
