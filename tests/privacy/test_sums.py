from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import ProtectionError
from erbij.privacy import sums
from erbij.privacy.policy import careful
from erbij.stats import frame_rows
from erbij.stats import sums as sums_of_rows
from erbij.stats.sums import Sums

FORMULA = "y ~ x + girl + (1 | class)"


def by_class(sizes, *, girls=0.5, seed=1) -> Sums:
    """Sums of made-up classes: y, x around a million, and girls as zeros and ones."""
    rng = np.random.default_rng(seed)
    n = sum(sizes)
    frame = pl.DataFrame(
        {
            "y": rng.normal(size=n),
            "x": 1e6 + rng.normal(size=n),
            "girl": (rng.random(n) < girls).astype(float),
            "class": np.repeat([f"class {i}" for i in range(len(sizes))], sizes),
        }
    )
    return frame_rows.sums_of(FORMULA, frame, None, for_pooling=True)[0]


def few(found: Sums) -> float:
    """The fewest girls or boys in a part that has both."""
    raw = sums_of_rows.reshifted(found, {})
    girls = raw.products[:, found.columns.index(("girl",))]
    smaller = np.minimum(girls, found.counts - girls)
    return float(min(smaller[smaller > 0.5], default=np.inf))


@given(sizes=st.lists(st.integers(2, 60), min_size=2, max_size=12), girls=st.floats(0.1, 0.9))
def test_every_part_is_large_enough_and_nothing_is_lost(sizes, girls):
    whole = by_class(sizes, girls=girls)
    try:
        found = sums.contribute(whole, careful())
    except ProtectionError:
        assert whole.n < 10 * len(whole.columns) or few(as_one_cell(whole)) < 10
        return
    assert found.counts.min() >= 10 * len(found.columns)
    assert few(found) >= 10
    assert found.n == whole.n
    np.testing.assert_allclose(found.products.sum(axis=0), whole.products.sum(axis=0), rtol=1e-12, atol=1e-9)


def as_one_cell(whole: Sums) -> Sums:
    """The whole as one cell."""
    one = np.zeros((1, 1), dtype=np.int64)
    total = whole.products.sum(axis=0, keepdims=True)
    names = (np.array(["all"], dtype=np.str_),)
    return replace(whole, codes=one, counts=np.array([whole.n]), products=total, levels=names)


def test_names_of_classes_do_not_leave_and_that_of_the_school_does():
    whole = by_class([40, 50, 20, 15])
    found = sums.contribute(whole, careful())
    [names] = found.levels
    assert [name.split()[-1] for name in names] == [str(i + 1) for i in range(len(found.counts))]
    assert not {*names} & {*sums.contribute(by_class([40, 50, 20, 16]), careful()).levels[0]}
    school = (np.array(["north"], dtype=np.str_), *whole.levels)
    codes = np.vstack([np.zeros_like(whole.codes), whole.codes])
    both = replace(whole, factors=("school", *whole.factors), levels=school, codes=codes)
    told = sums.contribute(both, careful()).levels
    assert told[0].tolist() == ["north"]
    assert told[1].tolist() == [f"north {i + 1}" for i in range(len(found.counts))]


def test_refusal_says_why_and_what_would_be_enough():
    with pytest.raises(ProtectionError, match=r"sums of 4 columns.*40 or more"):
        sums.contribute(by_class([20, 19]), careful())


@pytest.mark.parametrize("girls", [0.05, 0.95])
def test_group_of_a_few_pupils_is_refused_by_name(girls):
    with pytest.raises(ProtectionError, match="“girl” would be about a few pupils"):
        sums.contribute(by_class([50, 50], girls=girls), careful())


def test_reasons_of_a_few_rows_do_not_leave():
    whole = replace(by_class([60, 60]), excluded={"missing x": 3, "missing y": 17})
    assert sums.contribute(whole, careful()).excluded == {"missing y": 15}
