"""What holds for the release of any study."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.errors import ProtectionError
from erbij.findings.cells import EVERYONE, KEYS
from erbij.privacy import gate
from erbij.privacy.telling import NUMBERS, REASON
from erbij.studies.study import Exclusion, Units


@st.composite
def pupils(draw):
    """Scores, classes and two breakdowns of a random study, drawn by one seed so that it shrinks fast."""
    n, rooms = draw(st.integers(5, 150)), draw(st.integers(1, 6))
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


def shown(cells: pl.DataFrame) -> set[tuple[str, ...]]:
    return set(cells.filter(pl.col("status") == "shown").select(*KEYS, "measure").iter_rows())


@settings(max_examples=15)
@given(study=pupils())
def test_release_of_any_study_keeps_its_promises(make_study, rules, study):
    cells = gate.release(make_study(**study)).cells
    told, withheld = (cells.filter(pl.col("status") == status) for status in ("shown", "withheld"))
    assert told.height + withheld.height == cells.height
    assert (told["n"] >= rules.least).all()
    assert told["value"].is_finite().all()
    assert withheld.select(pl.col(NUMBERS).is_null().all()).row(0) == (True,) * 4
    assert set(withheld["reason"]) <= {REASON}


@settings(max_examples=10)
@given(study=pupils())
def test_domain_is_told_for_all_its_measures_or_none(make_study, study):
    """A share of fewer than twenty is the one that has a reason of its own, and everyone sees which.

    A gap is told where both are that it lies between: the group, and everyone of its unit.
    """
    cells = gate.release(make_study(**study)).cells
    told = {
        measure: set(cells.filter(measure=measure, status="shown").select(KEYS).iter_rows())
        for measure in ("n", "mean", "gap")
    }
    assert told["n"] == told["mean"]
    groups = {key for key in told["n"] if key[2] != EVERYONE}
    assert told["gap"] == {key for key in groups if (*key[:2], EVERYONE, EVERYONE) in told["n"]}


@settings(max_examples=10)
@given(study=pupils(), threshold=st.sampled_from([12, 20, 40]))
def test_stricter_threshold_tells_nothing_about_fewer(make_study, study, threshold):
    cells = gate.release(make_study(**study, policy={"threshold": threshold})).cells
    everyone = cells.filter(pl.col("status") == "shown", pl.col("breakdown") == "everyone")
    assert (everyone["n"] >= threshold).all()
    groups = cells.filter(pl.col("status") == "shown", pl.col("breakdown") != "everyone")
    assert (groups["n"] >= threshold).all()


@settings(max_examples=10)
@given(study=pupils(), seed=st.integers(0, 2**32 - 1))
def test_what_is_told_does_not_depend_on_who_answered_what(make_study, study, seed):
    """Pupils of a class exchange their scores: the same cells are told, and the others look the same."""
    before = gate.release(make_study(**study)).cells
    scores, classes = study["scores"].copy(), np.array(study["classes"])
    rng = np.random.default_rng(seed)
    for room in np.unique(classes):
        here = np.flatnonzero((classes == room) & ~np.isnan(scores))
        scores[here] = scores[rng.permutation(here)]
    after = gate.release(make_study(**{**study, "scores": scores})).cells
    counts = pl.col("measure") == "n"
    assert shown(before.filter(counts)) == shown(after.filter(counts))
    hidden = pl.col("status") == "withheld"
    assert before.filter(counts, hidden).equals(after.filter(counts, hidden))


def test_small_and_empty_groups_look_the_same(make_study):
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 101, 60).astype(float)
    small, empty = (
        gate.release(make_study(scores, groups={"g": codes})).cells.filter(pl.col("breakdown") == "g")
        for codes in ([0] * 57 + [1, 2, 2], [0] * 60)
    )
    assert small.equals(empty)


def test_small_groups_are_told_together(make_study):
    """Six and seven pupils: neither is told, both together are."""
    scores = np.random.default_rng(2).integers(0, 101, 60).astype(float)
    cells = gate.release(make_study(scores, groups={"g": [0] * 47 + [1] * 6 + [2] * 7})).cells
    means = cells.filter(pl.col("breakdown") == "g", pl.col("measure") == "mean")
    assert dict(means.select("group", "status").iter_rows()) == {
        "a": "shown",
        "b": "withheld",
        "c": "withheld",
        "together": "shown",
    }
    together = means.filter(pl.col("group") == "together").row(0, named=True)
    assert together["n"] == 15
    assert together["value"] == pytest.approx(scores[47:].mean(), abs=0.05)


def test_one_small_group_is_told_together_with_the_next_smallest(make_study):
    scores = np.random.default_rng(3).integers(0, 101, 90).astype(float)
    release = gate.release(make_study(scores, groups={"g": [0] * 46 + [1] * 40 + [2] * 4}))
    means = release.cells.filter(pl.col("breakdown") == "g", pl.col("measure") == "mean")
    assert {group for (group,) in means.filter(pl.col("status") == "shown").select("group").iter_rows()} == {
        "a",
        "together",
    }
    assert release.card.breakdowns[0].groups[-1].id == "together"


def test_group_that_holds_everyone_is_not_told(make_study):
    """It would tell what each pupil is."""
    scores = np.random.default_rng(4).integers(0, 101, 60).astype(float)
    classes = ["x"] * 30 + ["y"] * 30
    cells = gate.release(make_study(scores, classes=classes, groups={"g": [0] * 30 + [0, 1] * 15})).cells
    at_x = cells.filter(pl.col("unit") == "x", pl.col("breakdown") == "g")
    assert set(at_x["status"]) == {"withheld"}
    assert "shown" in set(cells.filter(pl.col("unit") == "y", pl.col("breakdown") == "g")["status"])


def test_group_of_one_answer_is_withheld_with_its_gap(make_study):
    """Everyone plus gap is the mean that was withheld."""
    study = make_study([50.0] * 20 + [40.0, 60.0] * 20, groups={"gender": [0] * 20 + [1] * 40}, count=2)
    cells = gate.release(study).cells.filter(pl.col("breakdown") == "gender", pl.col("group") == "a")
    assert set(cells["status"]) == {"withheld"}


def test_group_at_the_end_of_the_scale_is_withheld(make_study):
    """Nobody can be far from a mean of 99."""
    scores = [100.0] * 19 + [80.0] + [10.0, 90.0] * 20
    study = make_study(scores, groups={"gender": [0] * 20 + [1] * 40}, count=2)
    cells = gate.release(study).cells.filter(pl.col("group") == "a", pl.col("measure") == "mean")
    assert cells["status"].to_list() == ["withheld"]


def test_counts_of_few_are_not_on_the_card(make_study):
    study = make_study(np.linspace(0, 100, 40))
    few = tuple(Exclusion("no-group", name, count) for name, count in (("a", 3), ("b", 9), ("c", 13)))
    card = gate.release(replace(study, exclusions=few)).card
    assert [(each.where, each.count) for each in card.exclusions] == [("c", 15)]


def test_card_tells_the_policy_and_the_source(released):
    card = released.card
    assert (card.policy.id, card.policy.threshold) == ("careful", 10)
    assert card.source.is_made_up is True
    assert card.source.replicates == 0
    assert [scale.id for scale in card.scales] == ["belonging"]
    assert card.previous == ""


def test_stricter_levels_withhold_the_others(make_study):
    scores = np.linspace(0, 100, 40)
    study = make_study(scores, classes=["a"] * 20 + ["b"] * 20, policy={"levels": ["all"]})
    cells = gate.release(study).cells
    assert set(cells.filter(pl.col("level") == "class")["status"]) == {"withheld"}
    assert "shown" in set(cells.filter(pl.col("level") == "all")["status"])


def test_preset_can_be_given_and_a_study_may_name_its_own(make_study):
    scores = np.linspace(0, 100, 60)
    assert gate.release(make_study(scores), preset="public").card.policy.id == "public"
    own = make_study(scores, policy={"preset": "network"})
    assert gate.release(own, preset="public").card.policy.id == "network"
    with pytest.raises(ProtectionError, match="no such preset"):
        gate.release(make_study(scores), preset="none")


@pytest.mark.parametrize(("threshold", "status"), [(20, "shown"), (21, "withheld")])
def test_threshold_of_the_study_is_kept(make_study, threshold, status):
    study = make_study(np.linspace(0, 100, 20), policy={"threshold": threshold})
    cells = gate.release(study).cells
    assert cells.filter(pl.col("measure") == "mean")["status"].to_list() == [status]


def test_study_without_pupils_who_answered_shows_nothing(make_study):
    cells = gate.release(make_study([np.nan] * 30, groups={"g": [0] * 30})).cells
    assert set(cells["status"]) == {"withheld"}


def test_study_without_pupils_shows_nothing(make_study):
    study = make_study([], groups={"g": []})
    nobody = Units(("all",), np.zeros(0, dtype=np.int64), np.array([75]))
    cells = gate.release(replace(study, units={"all": nobody})).cells
    assert cells.height > 0
    assert set(cells["status"]) == {"withheld"}
