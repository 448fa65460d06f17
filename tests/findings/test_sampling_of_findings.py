"""Which part of the design serves at which level."""

import numpy as np
import pytest

from erbij.findings import domains
from erbij.findings.domains import Partition
from erbij.stats.design import SamplingDesign

N = 60


@pytest.fixture
def scores():
    return np.random.default_rng(4).integers(0, 101, N).astype(float)


def schools(count):
    return [f"s{i % count:02}" for i in range(N)]


def test_replicates_serve_at_the_top_only(make_study, scores):
    design = SamplingDesign(np.ones(N), np.ones((N, 4)), 0.5)
    study = make_study(scores, places={"school": schools(12)}, design=design)
    assert domains.design_at(study, "all") is design
    assert domains.design_at(study, "school").replicates is None


def test_ten_schools_are_clusters_and_nine_are_not(make_study, scores):
    ten = domains.design_at(make_study(scores, places={"school": schools(10)}), "all")
    assert len(np.unique(ten.clusters)) == 10
    nine = domains.design_at(make_study(scores, places={"school": schools(9)}), "all")
    assert nine.clusters is None


@pytest.mark.parametrize("count", [3, 4, 9])
def test_of_everyone_few_schools_are_clusters_too_and_of_groups_they_are_not(make_study, scores, count):
    study = make_study(scores, places={"school": schools(count)})
    everyone = domains.everyone(study, "all").design.clusters
    assert (everyone is None) == (count < domains.FEWEST_OF_EVERYONE)
    halves = Partition("half", ("a", "b"), np.arange(2) == (np.arange(N) % 2)[:, None])
    assert domains.by_group(study, "all", halves).design.clusters is None


def test_classes_are_clusters_where_schools_are_too_few(make_study, scores):
    places = {"school": schools(2), "class": [f"c{i % 20:02}" for i in range(N)]}
    study = make_study(scores, places=places)
    assert len(np.unique(domains.design_at(study, "all").clusters)) == 20
    assert len(np.unique(domains.design_at(study, "school").clusters)) == 20


def test_a_school_with_few_classes_counts_its_pupils_on_their_own(make_study, scores):
    school = ["big"] * 40 + ["small"] * 20
    rooms = [f"b{i % 10}" for i in range(40)] + [f"s{i % 2}" for i in range(20)]
    study = make_study(scores, places={"school": school, "class": rooms})
    clusters = domains.design_at(study, "school").clusters
    assert len(np.unique(clusters[:40])) == 10
    assert len(np.unique(clusters[40:])) == 20


def test_pupils_of_no_known_school_are_clusters_of_their_own(make_study, scores):
    study = make_study(scores, places={"school": [*schools(10)[:50], *[None] * 10]})
    assert len(np.unique(domains.design_at(study, "all").clusters)) == 20


def test_grade_and_class_count_pupils_on_their_own(make_study, scores):
    places = {"grade": ["g"] * N, "class": [f"c{i % 20}" for i in range(N)]}
    study = make_study(scores, places=places)
    assert domains.design_at(study, "grade").clusters is None
    assert domains.design_at(study, "class").clusters is None


def test_clusters_that_the_study_names_are_used(make_study, scores):
    own = np.arange(N) // 4
    design = SamplingDesign(np.ones(N), clusters=own)
    found = domains.design_at(make_study(scores, design=design), "all").clusters
    np.testing.assert_array_equal(found, own)


@pytest.mark.parametrize(
    ("largest", "replicates", "hides"),
    [(1.0, False, False), (9.0, False, False), (1.001, True, False), (9.0, True, True)],
)
def test_only_wide_weights_of_a_drawn_sample_hide_totals(largest, replicates, hides):
    weights = np.linspace(1.0, largest, N)
    drawn = np.column_stack([weights * 0.5, weights * 1.5]) if replicates else None
    assert domains.hides_totals(SamplingDesign(weights, drawn, fay=0.5 if replicates else 0.0)) is hides
