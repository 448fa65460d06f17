"""What a comparison can see, beside the t-test and beside made-up draws."""

import numpy as np
import pytest
from scipy import stats

from erbij.actions import evaluation, power
from erbij.actions.panel import Panel
from erbij.actions.words import Words
from erbij.errors import ActionError

SE = 3.0


def test_more_units_see_smaller_changes_and_drift_larger_ones_only():
    se = np.array([SE])
    few, many = power.power(se, [(3, 3)]), power.power(se, [(12, 12)])
    assert many.smallest < few.smallest
    assert power.power(se, [(3, 3)], drift=4.0).smallest > few.smallest
    assert Words("en").tell(power.tell(few)).startswith("With 6 places you can see a change of 14 points")


def test_power_is_that_of_the_t_test():
    found = power.power(np.array([2.0, np.nan]), [(5, 7)])
    spread = np.sqrt(2 * 4.0 * (1 / 5 + 1 / 7))
    line = stats.t.ppf(0.975, 10)
    assert stats.nct.sf(line, 10, found.smallest / spread) == pytest.approx(0.8, abs=0.01)


def test_a_draw_with_nobody_on_a_side_tells_nothing():
    se = np.array([SE])
    assert power.power(se, [(3, 3), (4, 0), (0, 2)]) == power.power(se, [(3, 3)])


def test_draws_apart_see_less_than_one_draw_of_the_same_units():
    se = np.array([SE])
    assert power.power(se, [(1, 5), (5, 1)]).smallest > power.power(se, [(3, 3), (3, 3)]).smallest
    assert power.power(se, [(3, 3), (3, 3)]).smallest > power.power(se, [(6, 6)]).smallest


@pytest.mark.parametrize("sides", [[(1, 5)], [(5, 1)], [(5, 0), (0, 5)], []])
def test_too_few_are_refused(sides):
    with pytest.raises(ActionError, match="two units or more"):
        power.power(np.array([SE]), sides)


def test_what_works_is_seen_as_often_as_promised_also_within_draws():
    """Three draws of unequal sizes, whose means differ: an action that does what was promised to be seen."""
    rng, sides = np.random.default_rng(4), [(2, 4), (4, 2), (3, 3)]
    smallest = power.power(np.array([SE]), sides).smallest
    draw = np.repeat(np.arange(3), 6)
    ran = np.concatenate([np.arange(6) < one for one, _ in sides])
    units = tuple(map(str, range(18)))
    starts = {unit: 1 for unit, had in zip(units, ran, strict=True) if had}
    drawn = dict(zip(units, draw.tolist(), strict=True))
    seen = []
    for _ in range(300):
        before = 60 + rng.normal(0, SE, 18)
        after = 60 + rng.normal(0, 6, 3)[draw] + smallest * ran + rng.normal(0, SE, 18)
        panel = Panel(units, np.column_stack([before, after]), np.full((18, 2), SE))
        seen.append(evaluation.evaluate(panel, starts, assigned="by-lot", drawn=drawn).plain.is_sure)
    # 80 in 100; three standard errors of 300 tries.
    assert np.mean(seen) == pytest.approx(0.8, abs=0.07)
