import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from erbij.errors import EstimationError
from erbij.stats.design import SamplingDesign
from erbij.stats.domains import contrast, domain_means

# R writes 15 digits; sums of a few thousand terms in another order differ in the last three of them.
EXACT = 1e-10
ROUTES = ("clusters", "pupils", "replicates")


@pytest.fixture(scope="session")
def made_up_means(made_up, made_up_designs, everyone_and, numbers):
    codes = made_up["group"].replace_strict({"a": 0, "b": 1, "c": 2}).to_numpy()
    y, parents = numbers(made_up["y"]), np.zeros(4, dtype=int)
    return {
        route: domain_means(y, everyone_and(codes), design, parents=parents)
        for route, design in made_up_designs.items()
    }


@pytest.fixture(scope="session")
def girls_means(pisa, pisa_designs, everyone_and, numbers):
    members = everyone_and((pisa["ST004D01T"] == 1).to_numpy().astype(int))
    y, parents = numbers(pisa["BELONG"]), np.zeros(3, dtype=int)
    return {route: domain_means(y, members, d, parents=parents) for route, d in pisa_designs.items()}


@pytest.fixture(scope="session")
def emblem_means(pisa, pisa_designs, everyone_and, numbers):
    members = everyone_and(pisa["emblem"].fill_null(-1).to_numpy())
    y, parents = numbers(pisa["score"]), np.zeros(4, dtype=int)
    return {route: domain_means(y, members, d, parents=parents) for route, d in pisa_designs.items()}


@pytest.mark.parametrize("route", ROUTES)
def test_means_of_groups_agree_with_svyby(route, made_up_means, witness):
    means, expected = made_up_means[route], witness["made_up"][route]
    np.testing.assert_allclose(means.value[1:], expected["by"]["value"], rtol=EXACT)
    np.testing.assert_allclose(means.se[1:], expected["by"]["se"], rtol=EXACT)
    assert means.value[0] == pytest.approx(expected["mean"]["value"], rel=EXACT)
    assert means.se[0] == pytest.approx(expected["mean"]["se"], rel=EXACT)
    assert means.n.tolist() == [227, *means.n[1:]]
    assert means.n[1:].sum() == 227


@pytest.mark.parametrize("route", ROUTES)
def test_contrasts_agree_with_svycontrast(route, made_up_means, witness):
    gaps = contrast(made_up_means[route], np.array([3, 3]), np.array([1, 0]))
    expected = [witness["made_up"][route]["by"]["gap"], witness["made_up"][route]["against_everyone"]]
    np.testing.assert_allclose(gaps.value, [e["value"] for e in expected], rtol=1e-9)
    np.testing.assert_allclose(gaps.se, [e["se"] for e in expected], rtol=1e-9)


@pytest.mark.parametrize("route", ["clusters", "pupils"])
def test_degrees_of_freedom_count_what_holds_members(route, made_up_means, witness):
    assert made_up_means[route].df[0] == witness["made_up"][route]["mean"]["df"]


def test_degrees_of_freedom_of_replicates_are_their_number_less_one(made_up_means):
    assert made_up_means["replicates"].df.tolist() == [15] * 4


@pytest.mark.parametrize(("route", "suffix"), [("replicates", ""), ("clusters", "_clusters")])
def test_pisa_girls_agree_with_r(route, suffix, girls_means, witness):
    means = girls_means[route]
    expected = witness["pisa2015_usa"]
    np.testing.assert_allclose(means.value[1:], expected["by" + suffix]["value"], rtol=1e-9)
    np.testing.assert_allclose(means.se[1:], expected["by" + suffix]["se"], rtol=EXACT)
    gaps = contrast(means, np.array([2, 2]), np.array([1, 0]))
    gap, together = expected["by" + suffix]["gap"], expected["girls_against_everyone" + suffix]
    np.testing.assert_allclose(gaps.value, [gap["value"], together["value"]], rtol=EXACT)
    np.testing.assert_allclose(gaps.se, [gap["se"], together["se"]], rtol=EXACT)
    assert means.df[0] == expected["mean" + suffix]["df"]


@pytest.mark.parametrize(("route", "suffix"), [("replicates", ""), ("clusters", "_clusters")])
def test_emblem_agrees_with_r(route, suffix, emblem_means, witness):
    means = emblem_means[route]
    expected = witness["pisa2015_usa"]["emblem" + suffix]
    order = [2, 1, 3]  # R sorts the groups by name: little, majority, much
    assert means.n[order].tolist() == expected["n"] == [794, 4109, 456]
    np.testing.assert_allclose(means.value[order], expected["value"], rtol=EXACT)
    np.testing.assert_allclose(means.se[order], expected["se"], rtol=EXACT)
    gaps = contrast(means, np.array([3, 3]), np.array([2, 0]))
    together = witness["pisa2015_usa"]["much_against_everyone" + suffix]
    np.testing.assert_allclose(gaps.value, [expected["gap"]["value"], together["value"]], rtol=1e-9)
    np.testing.assert_allclose(gaps.se, [expected["gap"]["se"], together["se"]], rtol=1e-9)


def test_a_simple_random_sample_has_the_textbook_error():
    y = np.array([3.0, 9.0, 12.0, 4.0, 7.0])
    means = domain_means(
        y, csr_array(np.ones((5, 1), bool)), SamplingDesign(np.ones(5)), parents=np.array([0])
    )
    assert means.se[0] == pytest.approx(y.std(ddof=1) / np.sqrt(5), rel=1e-14)


def test_disjoint_units_with_their_own_parents_have_independent_errors():
    y = np.array([10.0, 30.0, 20.0, 50.0, 70.0, 90.0])
    schools = csr_array(np.repeat(np.eye(2, dtype=bool), 3, axis=0))
    means = domain_means(y, schools, SamplingDesign(np.ones(6)), parents=np.array([0, 1]))
    gap = contrast(means, np.array([1]), np.array([0]))
    assert gap.se[0] == pytest.approx(np.hypot(*means.se), rel=1e-14)
    assert gap.df.tolist() == [2]


def test_empty_single_and_constant_domains_are_told():
    y = np.array([50.0, 50.0, 80.0, np.nan])
    members = csc_array(np.array([[1, 0, 0, 1], [1, 0, 0, 1], [1, 0, 1, 0], [1, 1, 0, 0]], dtype=bool))
    means = domain_means(y, members, SamplingDesign(np.ones(4)), parents=np.zeros(4, dtype=int))
    assert means.n.tolist() == [3, 0, 1, 2]
    assert means.is_constant.tolist() == [False, False, True, True]
    np.testing.assert_array_equal(np.isnan(means.value), [False, True, False, False])
    np.testing.assert_array_equal(np.isnan(means.se), [False, True, True, False])
    gaps = contrast(means, np.array([1, 2, 3]), np.zeros(3, dtype=int))
    np.testing.assert_array_equal(np.isnan(gaps.se), [True, True, False])


def test_one_cluster_gives_no_error():
    design = SamplingDesign(np.ones(4), clusters=np.array([7, 7, 7, 7]))
    y = np.array([10.0, 20.0, 30.0, 40.0])
    means = domain_means(y, csr_array(np.ones((4, 1), bool)), design, parents=np.array([0]))
    assert (means.value[0], means.df[0]) == (25.0, 0)
    assert np.isnan(means.se[0])


def test_everyone_against_themselves_is_zero_with_certainty(made_up_means):
    gap = contrast(made_up_means["clusters"], np.array([0]), np.array([0]))
    assert (gap.value[0], gap.se[0]) == (0.0, 0.0)


def test_the_members_given_are_left_as_they_were():
    members = csc_array((np.array([True, True, False]), np.array([2, 0, 1]), np.array([0, 3])), shape=(3, 1))
    before = members.indices.copy()
    means = domain_means(np.array([1.0, 2, 5]), members, SamplingDesign(np.ones(3)), parents=np.array([0]))
    assert (means.n[0], means.value[0]) == (2, 3.0)
    np.testing.assert_array_equal(members.indices, before)


def test_a_far_origin_loses_no_digits(made_up_designs, made_up, numbers):
    y = numbers(made_up["y"])
    members = csr_array(np.ones((y.size, 1), bool))
    for design in made_up_designs.values():
        near = domain_means(y, members, design, parents=np.array([0]))
        far = domain_means(y + 1e7, members, design, parents=np.array([0]))
        # y itself keeps 1e-9 of a point at 1e7.
        assert far.se[0] == pytest.approx(near.se[0], rel=1e-9)


@pytest.mark.parametrize(
    "change",
    [
        {"weights": np.array([1.0, 1.0, 0.0])},
        {"weights": np.array([1.0, 1.0, np.nan])},
        {"weights": np.ones(4)},
        {"replicates": np.array([[1.0, 1], [1, -1], [1, 1]])},
        {"replicates": np.array([[1.0, 1], [1, np.nan], [1, 1]])},
        {"replicates": np.ones((3, 1))},
        {"replicates": np.ones((3, 2)), "fay": 1.0},
        {"clusters": np.array([1, 2])},
    ],
)
def test_an_unsound_design_is_refused(change):
    design = SamplingDesign(**({"weights": np.ones(3)} | change))
    with pytest.raises(EstimationError):
        domain_means(np.arange(3.0), csr_array(np.ones((3, 1), bool)), design, parents=np.array([0]))


def test_shapes_parents_and_infinite_answers_are_checked():
    design, members = SamplingDesign(np.ones(2)), csr_array(np.ones((2, 2), bool))
    y = np.array([1.0, 2.0])
    with pytest.raises(EstimationError, match="a column for each domain"):
        domain_means(y, members, design, parents=np.array([0]))
    with pytest.raises(EstimationError, match="its own parent"):
        domain_means(y, members, design, parents=np.array([1, 0]))
    with pytest.raises(EstimationError, match="infinite"):
        domain_means(np.array([1.0, np.inf]), members, design, parents=np.array([0, 0]))


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(1, 9), st.integers(0, 3), st.booleans()),
        min_size=3,
        max_size=30,
    ),
    st.floats(0.01, 100),
    st.randoms(use_true_random=False),
)
def test_scaling_weights_or_mixing_rows_changes_nothing(rows, factor, random):
    def means_of(table, scale):
        y, w, cluster, member = np.array(table, dtype=float).T
        members = csr_array(np.column_stack([np.ones(y.size), member]).astype(bool))
        design = SamplingDesign(w * scale, clusters=cluster.astype(int))
        return domain_means(y, members, design, parents=np.zeros(2, dtype=int))

    mixed = random.sample(rows, len(rows))
    a, b = means_of(rows, 1.0), means_of(mixed, factor)
    np.testing.assert_allclose(a.value, b.value, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(a.se, b.se, rtol=1e-7, atol=1e-9)
    np.testing.assert_array_equal(a.df, b.df)


def test_the_linearised_interval_covers_as_often_as_it_says(made_up_designs):
    # 400 samples of 12 classes of 8 pupils from a made-up population with mean 60.
    rng = np.random.default_rng(4)
    clusters, members = np.repeat(np.arange(12), 8), csr_array(np.ones((96, 1), bool))
    design = SamplingDesign(np.ones(96), clusters=clusters)
    covered = 0
    for _ in range(400):
        y = 60 + rng.normal(0, 5, 12)[clusters] + rng.normal(0, 15, 96)
        means = domain_means(y, members, design, parents=np.array([0]))
        covered += abs(means.value[0] - 60) < 2.201 * means.se[0]  # t with 11 df
    assert 0.92 <= covered / 400 <= 0.98
