import numpy as np
import pytest

from erbij.errors import EstimationError
from erbij.stats.design import SamplingDesign, balanced, check_design, jackknife, replication
from erbij.stats.domains import domain_means
from erbij.stats.regression import survey_mean, survey_regression

KINDS = ["fay", "jk1", "jk2", "jk2-both", "jkn", "clusters", "pupils"]


@pytest.mark.parametrize("kind", KINDS)
def test_means_agree_with_r_in_every_design(kind, all_designs, made_up_y, everyone_and, survey_witness):
    y, design = made_up_y, all_designs[kind]
    expected = survey_witness["made_up"][kind]["mean"]
    mean = survey_mean(y, design)
    assert (mean.value, mean.se) == pytest.approx((expected["value"], expected["se"]), rel=1e-12)
    means = domain_means(y, everyone_and(np.zeros(y.size, int)), design, parents=np.zeros(2, int))
    np.testing.assert_allclose(means.se, expected["se"], rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_regressions_agree_with_r_in_every_design(kind, all_designs, made_up, numbers, survey_witness):
    X = np.column_stack([np.ones(made_up.height), made_up["x"].to_numpy()])
    fit = survey_regression(numbers(made_up["y"]), X, all_designs[kind], names=["1", "x"])
    expected = survey_witness["made_up"][kind]["regression"]
    np.testing.assert_allclose(fit.beta, expected["value"], rtol=1e-10)
    np.testing.assert_allclose(fit.se, expected["se"], rtol=1e-8)  # where svyglm stops


@pytest.mark.parametrize("kind", ["jk2", "jk2-both", "clusters", "pupils"])
def test_degrees_of_freedom_agree_with_r(kind, all_designs, made_up_y, survey_witness):
    """R takes the rank of the replicates, which one class without any answer makes smaller in jk1 and jkn."""
    mean = survey_mean(made_up_y, all_designs[kind])
    assert mean.df == survey_witness["made_up"][kind]["mean"]["df"]


def test_a_jackknife_of_single_pupils_is_the_plain_error_of_a_mean():
    y = np.array([1.0, 4.0, 4.0, 9.0, 2.0])
    replicates = np.where(np.eye(5) == 1, 0.0, 1.25)
    mean = survey_mean(y, SamplingDesign(np.ones(5), replicates, jackknife=jackknife("jk1", 5)))
    assert mean.se == pytest.approx(y.std(ddof=1) / np.sqrt(5), rel=1e-12)


def test_some_pupils_of_a_design_keep_their_weights(all_designs):
    for design in all_designs.values():
        rows = np.arange(design.weights.size) % 3 == 0
        part = design.only(rows)
        np.testing.assert_array_equal(part.weights, design.weights[rows])
        assert (part.fay, part.jackknife) == (design.fay, design.jackknife)
        for each, whole in ((part.replicates, design.replicates), (part.clusters, design.clusters)):
            assert (each is None) == (whole is None)
            assert whole is None or np.array_equal(each, whole[rows])


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: balanced(8, 1.0), "Fay's factor is out of range"),
        (lambda: jackknife("jkn", 3), "jkn needs a factor for each replicate"),
        (lambda: jackknife("jkn", 3, np.ones(2)), "found 2"),
        (lambda: jackknife("jkn", 3, np.array([0.5, 0, 0.5])), "must be above zero"),
        (lambda: jackknife("jk1", 3, np.ones(3)), "only jkn takes factors"),
        (lambda: jackknife("jk2-both", 3), "even number"),
        (lambda: replication(SamplingDesign(np.ones(3))), "has no replicates"),
    ],
)
def test_a_replication_that_can_not_be_is_refused(make, problem):
    with pytest.raises(EstimationError, match=problem):
        make()


@pytest.mark.parametrize(
    ("weights", "replicates", "problem"),
    [
        ([1.0, 0.0, 1.0], None, "zero, negative or infinite"),
        ([1.0, -1.0, 1.0], None, "zero, negative or infinite"),
        ([1.0, np.nan, 1.0], None, "missing"),
        ([1.0, np.inf, 1.0], None, "infinite"),
        ([1.0, 1.0, 1.0], [[1.0, 1], [1, -1], [1, 1]], "replicate weights: a weight is missing, negative"),
        ([1.0, 1.0, 1.0], [[1.0, 1], [1, np.nan], [1, 1]], "replicate weights: a weight is missing"),
        ([1.0, 1.0, 1.0], [[1.0, 1], [1, np.inf], [1, 1]], "or infinite"),
        ([1.0, 1.0, 1.0], [[1.0], [1], [1]], "two columns or more"),
        ([1.0, 1.0], None, "the number of rows differs"),
        ([1.0, 1.0, 1.0], [[1.0, 1]], "the number of rows differs"),
    ],
)
def test_weights_that_can_not_be_are_refused(weights, replicates, problem):
    design = SamplingDesign(np.array(weights), None if replicates is None else np.array(replicates))
    with pytest.raises(EstimationError, match=problem):
        check_design(design, 3)


def test_a_jackknife_of_other_replicates_is_refused():
    design = SamplingDesign(np.ones(3), np.ones((3, 4)), jackknife=jackknife("jk1", 5))
    with pytest.raises(EstimationError, match="another number of replicates"):
        check_design(design, 3)
