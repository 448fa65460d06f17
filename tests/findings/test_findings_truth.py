"""Calibration in small; `python -m bench.findings_truth` does it in earnest."""

from collections import Counter

import numpy as np
import pytest

from bench import findings_truth
from erbij.privacy import gate
from erbij.stats import intervals


def test_intervals_of_known_gaps_hold_the_truth_about_nine_times_in_ten():
    found = Counter()
    for child in np.random.SeedSequence(8).spawn(20):
        found.update(findings_truth.held(*findings_truth.school(np.random.default_rng(child), 200)))
    held = {measure: found[measure, True] for measure, _ in found}
    tried = {measure: held[measure] + found[measure, False] for measure in held}
    # Of nearly 20 x 9 gaps, which lean on each other by three: 84 to 96 is three standard errors.
    assert tried["gap"] > 150
    assert 0.84 <= held["gap"] / tried["gap"] <= 0.96
    assert tried["origin-equal"] == 20
    assert held["origin-equal"] >= 15
    level = intervals.LEVEL
    assert level == pytest.approx(0.95)


def test_no_sentence_states_what_its_interval_does_not_support():
    found = Counter()
    for child in np.random.SeedSequence(3).spawn(2):
        study, truth = findings_truth.school(np.random.default_rng(child), 250)
        found.update(findings_truth.said(gate.release(study), truth))
    assert found["stated"] > 1
    assert found["stated without support"] == found["supported but not stated"] == 0
    assert found["stated but untrue"] <= 1


def test_truth_is_what_a_very_large_school_shows():
    study, truth = findings_truth.school(np.random.default_rng(1), 40_000)
    scores = study.scores["belonging"]
    assert scores.mean() == pytest.approx(truth.mean, abs=0.4)
    for breakdown in study.breakdowns:
        for place, group in enumerate(breakdown.groups):
            gap = scores[breakdown.codes == place].mean() - scores.mean()
            assert gap == pytest.approx(truth.gaps[breakdown.id, group.id], abs=0.5)
