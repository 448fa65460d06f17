"""How many belong, as people say it: never more certain than the interval, never out of bounds."""

import re
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from erbij.reports.plain import counts

SHARE = st.floats(0, 100).map(lambda share: round(share, 1))
EASY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def with_below(make_release):
    """Results in which the share below the middle is told so."""
    release = make_release()
    at = (pl.col("measure") == "below") & (pl.col("breakdown") == "everyone")

    def make(value: float, low: float, high: float, reason: str | None = None):
        numbers = {"value": value, "low": low, "high": high}
        put = [pl.when(at).then(pl.lit(n)).otherwise(name).alias(name) for name, n in numbers.items()]
        why = pl.when(at).then(pl.lit(reason)).otherwise("reason").alias("reason")
        return counts.look_up(replace(release, cells=release.cells.with_columns(*put, why)))

    return make


def numbers_in(sentences: tuple[str, ...], of: int) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", " ".join(sentences).replace(f"every {of} ", ""))]


@EASY
@given(bounds=st.tuples(SHARE, SHARE, SHARE), of=st.sampled_from((10, 100)))
def test_what_is_told_lies_in_its_range_and_the_range_holds_that_of_the_release(with_below, bounds, of):
    low, value, high = sorted(bounds)
    words = counts.words_of("en")
    told = counts.belonging(with_below(value, low, high), words, "pupils", of=of)
    share, least, most = numbers_in(told, of)
    assert 0 <= least <= share <= most <= of
    assert least <= (100 - high) * of / 100 + 1e-6
    assert most >= (100 - low) * of / 100 - 1e-6


@EASY
@given(value=SHARE, reason=st.sampled_from(("at-most", "at-least")), of=st.sampled_from((10, 100)))
def test_bound_stays_true_when_it_is_rounded(with_below, value, reason, of):
    told = counts.belonging(with_below(value, 0.0, 100.0, reason), counts.words_of("en"), "pupils", of=of)
    [share] = numbers_in(told, of)
    exact = (100 - value) * of / 100
    assert share <= exact + 1e-6 if reason == "at-most" else share >= exact - 1e-6
    assert ("at least" in told[0]) == (reason == "at-most")
