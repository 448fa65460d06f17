"""What holds for the release of any study."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.privacy import gate
from erbij.privacy.suppression import NUMBERS, REASON


@st.composite
def pupils(draw):
    """Scores, classes and two breakdowns of a random study, drawn by one seed so that it shrinks fast."""
    n, rooms = draw(st.integers(5, 200)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = rng.integers(0, 19, n) * 100 / 18
    scores[rng.random(n) < draw(st.sampled_from([0.0, 0.1, 1.0]))] = np.nan
    outside = draw(st.sampled_from([0.0, 0.03, 0.2]))
    spread = draw(st.sampled_from([[0.5, 0.5, 0.0], [0.9, 0.08, 0.02], [0.4, 0.3, 0.3]]))
    gender, language = (rng.choice(3, n, p=spread) for _ in range(2))
    gender[rng.random(n) < outside] = -1
    return {
        "scores": scores,
        "classes": [f"c{room}" for room in rng.integers(0, rooms, n)],
        "groups": {"gender": gender, "language": language},
        "treatment": (rng.choice([0.0, 1.0, np.nan], n), rng.choice([0.0, 1.0], n)),
    }


@settings(max_examples=20)
@given(study=pupils())
def test_release_of_any_study_keeps_its_promises(make_study, rules, study):
    cells = gate.release(make_study(**study)).cells
    shown, withheld = (cells.filter(pl.col("status") == status) for status in ("shown", "withheld"))
    assert shown.height + withheld.height == cells.height
    assert (shown["n"] >= rules.threshold).all()
    assert shown["value"].is_finite().all()
    assert withheld.select(pl.col(NUMBERS).is_null().all()).row(0) == (True,) * 4
    assert set(withheld["reason"]) <= {REASON}
    parts = cells.filter(pl.col("breakdown") != "everyone")
    states = parts.group_by("level", "unit", "breakdown", "measure").agg(pl.col("status").n_unique())
    assert (states["status"] == 1).all()


@settings(max_examples=20)
@given(study=pupils(), seed=st.integers(0, 2**32 - 1))
def test_withheld_breakdown_looks_the_same_whatever_its_pupils_answered(make_study, study, seed):
    """Pupils of a class exchange their scores: everyone's mean stays, that of each group does not."""
    before = gate.release(make_study(**study)).cells
    scores, classes = study["scores"].copy(), np.array(study["classes"])
    rng = np.random.default_rng(seed)
    for room in np.unique(classes):
        here = np.flatnonzero((classes == room) & ~np.isnan(scores))
        scores[here] = scores[rng.permutation(here)]
    after = gate.release(make_study(**{**study, "scores": scores})).cells
    breakdown = ["level", "unit", "breakdown"]
    is_hidden = (pl.col("measure") == "n") & (pl.col("status") == "withheld")
    hidden = before.filter(is_hidden, pl.col("breakdown") != "everyone").select(breakdown).unique()
    for cells in (before, after):
        looks = cells.join(hidden, on=breakdown, how="semi")
        assert looks.drop(NUMBERS).equals(before.join(hidden, on=breakdown, how="semi").drop(NUMBERS))
        assert looks.select(pl.col(NUMBERS).is_null().all()).row(0) == (True,) * 4


def test_small_and_empty_groups_look_the_same(make_study):
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 101, 60).astype(float)
    small, empty = (
        gate.release(make_study(scores, groups={"g": codes})).cells.filter(pl.col("breakdown") == "g")
        for codes in ([0] * 57 + [1, 2, 2], [0] * 60)
    )
    assert small.equals(empty)


def test_card_tells_the_policy_and_the_source(released):
    card = released.card
    assert (card.policy.id, card.policy.threshold) == ("careful", 10)
    assert card.source.is_made_up is True
    assert card.source.replicates == 0
    assert [scale.id for scale in card.scales] == ["belonging"]


def test_stricter_levels_withhold_the_others(make_study):
    scores = np.linspace(0, 100, 40)
    study = make_study(scores, classes=["a"] * 20 + ["b"] * 20, policy={"levels": ["all"]})
    cells = gate.release(study).cells
    assert set(cells.filter(pl.col("level") == "class")["status"]) == {"withheld"}
    assert "shown" in set(cells.filter(pl.col("level") == "all")["status"])


@pytest.mark.parametrize(("threshold", "status"), [(20, "shown"), (21, "withheld")])
def test_threshold_of_the_study_is_kept(make_study, threshold, status):
    study = make_study(np.linspace(0, 100, 20), policy={"threshold": threshold})
    cells = gate.release(study).cells
    assert cells.filter(pl.col("measure") == "mean")["status"].to_list() == [status]


def test_study_without_pupils_who_answered_shows_nothing_of_them(make_study):
    cells = gate.release(make_study([np.nan] * 30, groups={"g": [0] * 30})).cells
    assert set(cells.filter(pl.col("status") == "shown")["measure"]) <= {"asked"}
