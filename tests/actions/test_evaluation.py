import numpy as np
import pytest
from scipy import stats

from erbij.actions import evaluation, panel
from erbij.actions.panel import Panel
from erbij.actions.power import power
from erbij.actions.words import Words
from erbij.errors import ActionError
from tests.actions.conftest import cell, release

SE = 3.0


def made(rng, *, units=12, waves=2, effect=0.0, starts=None, by_need=False):
    """Units with a lasting level of their own; the action adds from its start on."""
    value = rng.normal(60, 5, (units, 1)) + rng.normal(0, SE, (units, waves))
    names = tuple(f"{i:02d}" for i in range(units))
    if starts is None:
        order = np.argsort(value[:, -2]) if by_need else rng.permutation(units)
        starts = {names[i]: waves - 1 for i in order[: units // 2]}
    for name, start in starts.items():
        value[names.index(name), start:] += effect
    return Panel(names, value, np.full_like(value, SE)), starts


def repeated(times, **kind):
    rng = np.random.default_rng(7)
    found = []
    for _ in range(times):
        made_up, starts = made(rng, **kind)
        found.append(evaluation.evaluate(made_up, starts, assigned="by-lot"))
    return found


def test_with_one_start_the_plain_change_is_the_t_test_on_changes():
    made_up, starts = made(np.random.default_rng(1), effect=4.0)
    found = evaluation.evaluate(made_up, starts, assigned="by-lot").plain
    changes = made_up.value[:, 1] - made_up.value[:, 0]
    ran = np.array([unit in starts for unit in made_up.units])
    test = stats.ttest_ind(changes[ran], changes[~ran])
    low, high = test.confidence_interval()
    assert found.value == pytest.approx(changes[ran].mean() - changes[~ran].mean())
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.df == 10


def test_with_several_starts_it_is_the_two_way_model_of_those_who_count():
    rng = np.random.default_rng(2)
    starts = {"00": 1, "01": 1, "02": 2, "03": 2}
    made_up, _ = made(rng, units=8, waves=3, starts=starts, effect=5.0)
    found = evaluation.evaluate(made_up, starts, assigned="by-lot").plain
    rows = []
    for i, unit in enumerate(made_up.units):
        start = starts.get(unit, 3)
        rows += [(i, wave, float(wave == start)) for wave in range(3) if wave <= start]
    i, wave, ran = np.array(rows).T
    X = np.column_stack([ran, i[:, None] == np.arange(8), wave[:, None] == np.arange(1, 3)]).astype(float)
    y = made_up.value[i.astype(int), wave.astype(int)]
    beta, rest, *_ = np.linalg.lstsq(X, y, rcond=None)
    df = len(y) - X.shape[1]
    se = np.sqrt(rest[0] / df * np.linalg.inv(X.T @ X)[0, 0])
    assert found.value == pytest.approx(beta[0])
    assert found.df == df
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, df) * se)


def test_a_unit_that_had_the_action_is_no_comparison_for_another():
    value = np.array([[50.0, 60, 90], [50, 60, 90], [50, 52, 57], [50, 51, 58], [50, 50, 50], [50, 51, 51]])
    starts = {"a": 1, "b": 1, "c": 2, "d": 2}
    units = ("a", "b", "c", "d", "e", "f")
    plain = evaluation.evaluate(Panel(units, value, np.full_like(value, SE)), starts, assigned="by-lot").plain
    value[:2, 2] = 0.0
    again = evaluation.evaluate(Panel(units, value, np.full_like(value, SE)), starts, assigned="by-lot").plain
    assert plain == again


def test_chosen_because_low_rises_by_chance_and_the_correction_takes_that_off():
    found = repeated(300, by_need=True)
    plain = np.mean([one.plain.value for one in found])
    corrected = np.mean([one.corrected.value for one in found])
    assert plain > 1.5
    assert abs(corrected) < 0.6


def test_what_truly_works_is_seen_as_often_as_promised_and_what_does_not_hardly_ever():
    smallest = power(np.array([SE]), [(6, 6)]).smallest
    works = np.mean([one.plain.is_sure for one in repeated(300, effect=smallest)])
    nothing = np.mean([one.corrected.is_sure for one in repeated(300)])
    # 80 and 5 in 100; three standard errors of 300 tries to either side.
    assert works == pytest.approx(0.8, abs=0.07)
    assert nothing == pytest.approx(0.05, abs=0.04)


def test_the_reliability_is_the_real_part_of_the_differences_and_its_error_shrinks_with_units():
    rng = np.random.default_rng(9)
    parts = []
    for units in (400, 4000):
        value = rng.normal(60, 4, (units, 1)) + rng.normal(0, SE, (units, 1))
        names = tuple(map(str, range(units)))
        parts.append(evaluation.reliability(Panel(names, value, np.full_like(value, SE)), 1))
    (near, wide), (nearer, narrow) = parts
    assert near == pytest.approx(0.64, abs=3 * wide)
    assert nearer == pytest.approx(0.64, abs=3 * narrow)
    assert narrow == pytest.approx(wide / np.sqrt(10), rel=0.2)


def test_differences_that_chance_alone_explains_are_not_real():
    value = np.array([[60.0], [60.5], [59.5], [60.2]])
    found, _ = evaluation.reliability(Panel(("a", "b", "c", "d"), value, np.full_like(value, SE)), 1)
    assert found == 0.0


def test_intervals_hold_the_truth_also_where_the_lowest_were_chosen():
    held = [one.corrected.low <= 0 <= one.corrected.high for one in repeated(400, units=24, by_need=True)]
    # 95 in 100; three standard errors of 400 tries.
    assert np.mean(held) == pytest.approx(0.95, abs=0.033)


def test_a_trend_that_was_there_before_is_seen():
    rng = np.random.default_rng(4)
    made_up, starts = made(rng, waves=3)
    value = made_up.value.copy()
    for unit in starts:
        value[made_up.units.index(unit)] += [0.0, 20.0, 40.0]
    found = evaluation.evaluate(Panel(made_up.units, value, made_up.se), starts, assigned="by-wish")
    assert found.before is not None
    assert found.before.low > 0
    assert "evaluation-trend" in [one.id for one in evaluation.sentences(found)]


def test_without_an_earlier_wave_nobody_knows_the_trend():
    made_up, starts = made(np.random.default_rng(5))
    found = evaluation.evaluate(made_up, starts, assigned="by-lot")
    assert found.before is None
    assert "evaluation-no-trend" in [one.id for one in evaluation.sentences(found)]


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize(("effect", "verdict"), [(40.0, "better"), (-40.0, "worse"), (0.0, "unclear")])
@pytest.mark.parametrize("assigned", ["by-lot", "by-need", "by-wish"])
def test_what_was_seen_is_said_without_a_cause_where_there_is_none(language, effect, verdict, assigned):
    made_up, starts = made(np.random.default_rng(6), effect=effect, waves=3)
    found = evaluation.evaluate(made_up, starts, assigned=assigned)
    messages = evaluation.sentences(found)
    assert messages[0].id == f"evaluation-{verdict}"
    assert (f"evaluation-{assigned}" in [one.id for one in messages]) == (verdict != "unclear")
    assert all(Words(language).tell(one) for one in messages)


def test_a_lot_gives_everyone_a_start_and_is_the_same_for_the_same_seed():
    units = tuple("abcdef")
    found = evaluation.fair_start(units, 3, seed=1)
    assert sorted(found.values()) == [1, 1, 2, 2, 3, 3]
    assert found == evaluation.fair_start(units, 3, seed=1)
    assert any(evaluation.fair_start(units, 3, seed=seed) != found for seed in range(2, 6))


def test_draws_are_compared_within_each_as_a_regression_with_a_mean_for_each():
    # Whole draws moved by themselves, and the action ran in more units of the one that rose.
    units = tuple("abcdefghij")
    drawn = {unit: int(unit > "d") for unit in units}
    starts = dict.fromkeys("abefghi", 1)
    change = np.array([drawn[unit] * 20.0 + 5.0 * (unit in starts) for unit in units])
    change += np.random.default_rng(3).normal(size=len(units))
    value = np.column_stack([np.full(len(units), 50.0), 50.0 + change])
    known = panel.Panel(units, value, np.full_like(value, SE))
    found = evaluation.evaluate(known, starts, assigned="by-lot", drawn=drawn)
    X = np.column_stack([[unit in starts for unit in units], *np.eye(2)[:, [drawn[u] for u in units]]])
    beta = np.linalg.lstsq(X.astype(float), change, rcond=None)[0]
    rest = change - X @ beta
    se = np.sqrt(rest @ rest / 7 * np.linalg.inv(X.T.astype(float) @ X)[0, 0])
    assert (found.ran, found.compared, found.plain.df) == (7, 3, 7)
    assert found.plain.value == pytest.approx(beta[0])
    assert found.plain.high - found.plain.value == pytest.approx(stats.t.ppf(0.975, 7) * se)


def test_a_draw_in_which_nobody_started_yet_compares_nothing():
    units = tuple("abcdefgh")
    value = np.random.default_rng(4).normal(50, 3, size=(8, 2))
    known = panel.Panel(units, value, np.full_like(value, SE))
    drawn = {unit: int(unit > "d") for unit in units}
    found = evaluation.evaluate(known, {"a": 1, "b": 1}, assigned="by-lot", drawn=drawn)
    assert (found.ran, found.compared, found.plain.df) == (2, 2, 2)
    assert found.plain.value == pytest.approx(np.diff(value[:4])[:2].mean() - np.diff(value[:4])[2:].mean())


def test_a_panel_holds_what_was_released_and_nothing_of_what_was_withheld():
    def wave(shift, *, hide=""):
        values = {name: None if name == hide else 50.0 + shift for name in ("5a", "5b")}
        return release(*(cell("mean", value, at=("class", name)) for name, value in values.items()))

    found = panel.of([wave(0), wave(2, hide="5b")], "class")
    assert found.units == ("5a", "5b")
    assert found.value[0].tolist() == [50.0, 52.0]
    assert np.isnan(found.value[1, 1])
    assert found.se[0, 0] == pytest.approx(3 / stats.t.ppf(0.975, 39))
    renamed = panel.of([wave(0), wave(2)], "class", names=[{"5a": "x", "5b": "y"}, {"5a": "y", "5b": "x"}])
    assert renamed.value.tolist() == [[50.0, 52.0], [50.0, 52.0]]
    one = panel.of([wave(0)], "class")
    assert one.waves == 1
    with pytest.raises(ActionError, match="two waves"):
        evaluation.evaluate(one, {"5a": 1}, assigned="by-lot")


def test_units_that_were_put_together_count_by_their_pupils_and_not_without_one_of_them():
    def wave(low):
        here = (("5a", 40.0, 10), ("5b", low, 30), ("5c", 50.0, 40))
        return release(*(cell("mean", value, n=n, at=("class", name)) for name, value, n in here))

    names = [{"5a": "5c", "5b": "5c", "5c": "5d"}]
    together = panel.of([wave(60.0)], "class", names=names)
    apart = panel.of([wave(60.0)], "class")
    assert together.units == ("5c", "5d")
    assert together.value[:, 0].tolist() == pytest.approx([55.0, 50.0])
    quarters = (apart.se[0, 0] / 4) ** 2 + (apart.se[1, 0] * 3 / 4) ** 2
    assert together.se[:, 0].tolist() == pytest.approx([quarters**0.5, apart.se[2, 0]])
    assert panel.of([wave(None)], "class", names=names).units == ("5d",)


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ({"00": 1}, "two told units"),
        ({"99": 1}, "no such unit"),
        ({"00": 0, "01": 1}, "no wave before"),
        ({f"{i:02d}": 1 for i in range(11)}, "two told units"),
    ],
)
def test_refuses_what_can_not_be_told(starts, said):
    made_up, _ = made(np.random.default_rng(8))
    with pytest.raises(ActionError, match=said):
        evaluation.evaluate(made_up, starts, assigned="by-lot")


def test_refuses_an_unknown_way_to_assign_and_too_few_for_a_lot():
    made_up, starts = made(np.random.default_rng(8))
    with pytest.raises(ActionError, match="by-lot, by-need, by-wish"):
        evaluation.evaluate(made_up, starts, assigned="somehow")
    for units, starts in (("ab", 2), ("abcde", 3), ("abcd", 1)):
        with pytest.raises(ActionError, match="two units for each"):
            evaluation.fair_start(tuple(units), starts, seed=1)
