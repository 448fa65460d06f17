import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_array

from erbij.stats import blas_threads, newton, separate_parts
from erbij.stats.average_information import near_hessian
from erbij.stats.crossed_absorption import Crossed, crossed
from erbij.stats.frame_rows import sums_of
from erbij.stats.mixed_fit import fit
from erbij.stats.mixed_layout import arrange
from erbij.stats.profiled_deviance import Deviance, template
from erbij.stats.search import _is_on_saddle, search
from erbij.stats.shared_groups import Full, Listed, shared_groups
from erbij.stats.structure import structure_of

SEVERAL = {
    "nested": ("growth", "score ~ year + girl + (1 + year | school) + (1 + year | pupil)"),
    "crossed": ("ratings", "y ~ x + (1 | pupil) + (1 | school) + (1 + x | teacher) + (1 | stratum)"),
    "slopes_first": ("growth", "score ~ girl + (1 + year | pupil) + (1 | track)"),
}


@pytest.fixture(params=sorted(SEVERAL))
def deviance(request, reference_folder):
    data, formula = SEVERAL[request.param]
    sums, plan = sums_of(formula, pl.read_csv(reference_folder / f"mixed_{data}.csv", null_values="NA"))
    model = arrange(sums, plan.layout)
    return Deviance(model, structure_of(model), template(model), True)


@pytest.fixture
def somewhere(deviance):
    """A theta that is no minimum."""
    return np.where(deviance.template.is_diagonal, 0.4, 0.07)


def test_the_gradient_is_that_of_the_deviance(deviance, somewhere):
    steps = 1e-5 * np.eye(somewhere.size)
    slopes = [(deviance(somewhere + h).deviance - deviance(somewhere - h).deviance) / 2e-5 for h in steps]
    np.testing.assert_allclose(deviance(somewhere).gradient, slopes, rtol=1e-6, atol=2e-5)


def test_answers_to_unit_effects_add_up_to_the_trace(deviance, somewhere):
    at = deviance(somewhere)
    rng = np.random.default_rng(5)
    sizes = [(q, factor.J) for q, factor in zip(deviance.template.sizes, deviance.model.factors, strict=True)]
    left, right = ([rng.normal(size=(q, 1, J)) for q, J in sizes] for _ in range(2))
    answers = [deviance.structure.answered(at.absorbed, v) for v in (left, right)]
    crossed_over = [
        sum(float((v * a).sum()) for v, a in zip(vs, answer, strict=True))
        for vs, answer in ((right, answers[0]), (left, answers[1]))
    ]
    assert crossed_over[0] == pytest.approx(crossed_over[1], rel=1e-10)
    f = int(np.argmin([J for _, J in sizes]))
    total = np.zeros_like(at.absorbed.factors[f].T)
    for j, c in np.ndindex(sizes[f][1], sizes[f][0]):
        unit = [np.zeros((q, 1, J)) for q, J in sizes]
        unit[f][c, 0, j] = 1.0
        total[:, c] += deviance.structure.answered(at.absorbed, unit)[f][:, 0, j]
    np.testing.assert_allclose(total, at.absorbed.factors[f].T, rtol=1e-9, atol=1e-9)


def test_average_information_finds_what_newton_finds_in_fewer_steps(deviance):
    near, slow = (
        search(deviance),
        newton.minimise(deviance, np.where(deviance.template.is_diagonal, 0.3, 0.0)),
    )
    assert near.at.deviance == pytest.approx(slow.at.deviance, abs=1e-9)
    assert near.evaluations < slow.evaluations * 0.6


def test_average_information_is_half_way_between_observed_and_expected(reference_folder):
    """Averaged over data from the model it is the curvature itself; on one large file nearly."""
    rng = np.random.default_rng(2)
    a, b = np.repeat(np.arange(60), 40), np.tile(np.arange(40), 60)
    y = rng.normal(0, 0.8, 60)[a] + rng.normal(0, 0.6, 40)[b] + rng.normal(size=2400)
    found = fit(*_summed("y ~ 1 + (1 | a) + (1 | b)", pl.DataFrame({"y": y, "a": a, "b": b})))
    deviance, at = found.solution.deviance, found.solution.at
    # Balanced data: observed and expected information are the same at the estimate.
    np.testing.assert_allclose(
        near_hessian(deviance, at), newton.differences(deviance, at.theta), rtol=1e-4, atol=0.1
    )


def test_a_saddle_is_left(deviance):
    """At zero the deviance is flat in theta, whether variances should be zero or not."""
    start = np.zeros(deviance.template.row.size)
    assert np.abs(deviance(start).gradient).max() == 0
    assert _is_on_saddle(deviance, deviance(start))
    assert not _is_on_saddle(deviance, search(deviance).at)


def _summed(formula, rows):
    sums, plan = sums_of(formula, rows)
    return sums, plan.layout


def test_a_start_by_moments_is_the_estimate_where_data_are_balanced():
    """With every cell filled once, moments are the analysis of variance and so REML."""
    rng = np.random.default_rng(4)
    a, b = np.repeat(np.arange(12), 9), np.tile(np.arange(9), 12)
    y = rng.normal(0, 1, 12)[a] + rng.normal(0, 1, 9)[b] + rng.normal(size=108)
    found = fit(*_summed("y ~ 1 + (1 | a) + (1 | b)", pl.DataFrame({"y": y, "a": a, "b": b})))
    structure = found.solution.deviance.structure
    assert isinstance(structure, Crossed)
    started = structure.variances_by_moments(found.n)
    np.testing.assert_allclose(started, found.solution.at.theta**2, rtol=1e-6)
    assert found.ending.evaluations <= 3


def test_many_raters_need_few_evaluations():
    rng = np.random.default_rng(6)
    n = 6000
    s, d, x = rng.integers(0, 500, n), rng.integers(0, 150, n), rng.normal(size=n)
    y = 0.2 * x + rng.normal(0, 0.4, 500)[s] + rng.normal(0, 0.5, 150)[d] + rng.normal(size=n)
    found = fit(*_summed("y ~ x + (1 | s) + (1 | d)", pl.DataFrame({"y": y, "x": x, "s": s, "d": d})))
    assert found.ending.converged
    assert found.ending.evaluations <= 6
    assert found.ending.gradient_norm < 1e-4


def test_pairs_that_are_listed_and_whole_cross_products_give_the_same():
    rng = np.random.default_rng(7)
    J, N, q = 30, 20, 2
    cross = rng.normal(size=(q, J, N)) * (rng.random((J, N)) < 0.1)
    cross[:, :, 0] = 1.0
    listed, whole = shared_groups(csr_array(cross.reshape(q * J, N)), q), Full(cross)
    assert isinstance(listed, Listed)
    spread = rng.normal(size=(q, q, J))
    spread = spread + spread.transpose(1, 0, 2)
    np.testing.assert_allclose(np.tril(listed.tied(spread)), np.tril(whole.tied(spread)), atol=1e-12)
    S = np.tril(rng.normal(size=(N, N)))
    np.testing.assert_allclose(listed.reach(S), whole.reach(S), atol=1e-12)


class Threads:
    """A library of linear algebra that keeps count."""

    def __init__(self):
        self.count = 8

    def scipy_openblas_get_num_threads(self):
        return self.count

    def scipy_openblas_set_num_threads(self, count):
        self.count = count


def test_small_matrices_take_one_thread_and_threads_come_back(monkeypatch):
    library = Threads()
    monkeypatch.setattr(blas_threads, "_openblas", lambda: library)
    with blas_threads.few_threads(100):
        assert library.count == 1
    assert library.count == 8
    with blas_threads.few_threads(100_000):
        assert library.count == 8


def test_parts_that_never_meet_give_what_the_whole_gives(reference_folder, monkeypatch):
    rows = pl.read_csv(reference_folder / "mixed_ratings.csv", null_values="NA")
    three = [rows.with_columns((pl.col("pupil", "teacher").cast(pl.String)) + f":{k}") for k in range(3)]
    sums, plan = sums_of("y ~ x + (1 | pupil) + (1 + x | teacher)", pl.concat(three))
    model = arrange(sums, plan.layout)
    monkeypatch.setattr(separate_parts, "TOGETHER", 20)
    parts = structure_of(model)
    assert len(parts.parts) == 3
    found, whole = (Deviance(model, way, template(model), True) for way in (parts, crossed(model)))
    start = np.where(found.template.is_diagonal, 0.4, 0.07)
    np.testing.assert_allclose(found(start).gradient, whole(start).gradient, rtol=1e-9)
    np.testing.assert_allclose(
        parts.variances_by_moments(model.n), whole.structure.variances_by_moments(model.n), rtol=1e-9
    )
    ends = [search(each).at for each in (found, whole)]
    assert ends[0].deviance == pytest.approx(ends[1].deviance, rel=1e-12)
    np.testing.assert_allclose(ends[0].theta, ends[1].theta, rtol=1e-6)
    for a, b in zip(ends[0].absorbed.factors, ends[1].absorbed.factors, strict=True):
        np.testing.assert_allclose(a.modes, b.modes, atol=1e-7)
        np.testing.assert_allclose(a.spread, b.spread, atol=1e-7)
