"""What goes with belonging, within and between units, and what a model may look at for it."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.findings import conditions
from erbij.instruments import registry
from erbij.instruments.schema import Scale
from erbij.privacy import catalogue, policy

OWN = registry.load("erbij-pupils-10-12")
LEVERS = ("lever-teams", "lever-welcome", "lever-environment")
CLASSES = np.repeat(np.arange(30), 20)


def all_told(study):
    return catalogue.of(study, (), policy.careful()).keys.with_columns(scales=pl.lit(list(study.scores)))


def measured(make_study, scores, levers, places=None):
    study = make_study(scores, places=places or {"class": [f"c{c:02d}" for c in CLASSES]}, more_scales=levers)
    own = {name: Scale(name, "opportunity", {"en": name}, ()) for name in levers}
    return replace(study, instrument=replace(study.instrument, scales={**study.instrument.scales, **own}))


@pytest.fixture(scope="module")
def school(make_study):
    """Thirty classes: 2 points of belonging for ten of a lever within a class, 6 between classes."""
    rng = np.random.default_rng(3)
    means = rng.normal(50, 10, (30, 3))
    levers = np.clip(means[CLASSES] + rng.normal(0, 12, (600, 3)), 0, 100)
    own = np.array([np.bincount(CLASSES, column) / 20 for column in levers.T]).T[CLASSES]
    scores = 50 + (0.2 * (levers - own) + 0.6 * (own - 50)).mean(axis=1) + rng.normal(0, 6, 600)
    return measured(make_study, scores, dict(zip(LEVERS, levers.T, strict=True)))


def test_slopes_within_and_between_are_kept_apart(school):
    found = conditions.model(school, all_told(school))
    within, between = (
        found.filter(pl.col("measure").cast(pl.String).str.starts_with(s)) for s in ("within", "between")
    )
    assert [m.split(":")[1] for m in within["measure"]] == list(LEVERS)
    assert within.select(((pl.col("low") < 2 / 3) & (pl.col("high") > 2 / 3)).all()).item()
    assert between.select(((pl.col("low") < 2) & (pl.col("high") > 2)).all()).item()
    assert within["value"].max() < between["value"].min()


def test_slope_within_is_that_of_deviations_and_between_that_of_means(school):
    fits = dict(conditions._fitted(school, "class", all_told(school)))
    x, y = school.scores["lever-welcome"], school.scores["belonging"]
    means_x, means_y = (np.bincount(CLASSES, v) / 20 for v in (x, y))
    dx, dy = x - means_x[CLASSES], y - means_y[CLASSES]
    within, between = fits["lever-welcome"].beta[1:] / conditions.STEP
    assert within == pytest.approx((dx @ dy) / (dx @ dx), abs=1e-9)
    centred = means_x - means_x.mean()
    assert between == pytest.approx((centred @ means_y) / (centred @ centred), abs=1e-9)


def test_shrinking_draws_slopes_together(school):
    fits = dict(conditions._fitted(school, "class", all_told(school)))
    raw = [fits[name].beta[1] for name in LEVERS]
    told = conditions.model(school, all_told(school)).filter(
        pl.col("measure").cast(pl.String).str.starts_with("within")
    )
    assert np.ptp(told["value"].to_numpy()) < np.ptp(raw)
    assert np.argsort(told["value"].to_numpy()).tolist() == np.argsort(raw).tolist()


def test_answers_of_a_class_that_is_not_told_on_both_scales_change_nothing(school):
    told = all_told(school)
    told = told.with_columns(
        scales=pl.when(pl.col("unit") == "c07")
        .then(pl.lit(["belonging", "lever-teams"]))
        .otherwise(pl.col("scales"))
    )
    hidden = np.where(CLASSES == 7, 0.0, school.scores["lever-welcome"])
    other = replace(school, scores={**school.scores, "lever-welcome": hidden})
    first, second = (dict(conditions._fitted(study, "class", told)) for study in (school, other))
    assert first["lever-teams"].n == 600
    assert first["lever-welcome"].n == 580
    assert np.array_equal(first["lever-welcome"].beta, second["lever-welcome"].beta)


def test_with_few_told_classes_schools_are_kept_apart(make_study, school):
    levers = {name: school.scores[name] for name in LEVERS}
    places = {"school": [f"s{c:02d}" for c in CLASSES], "class": [f"c{c % 4}" for c in CLASSES]}
    study = measured(make_study, school.scores["belonging"], levers, places)
    found = conditions.model(study, all_told(study))
    assert set(found["measure"].cast(pl.String).str.split(":").list.first()) == {
        "within-school",
        "between-school",
    }


def test_with_few_units_of_any_level_there_is_nothing(make_study, school):
    few = measured(make_study, school.scores["belonging"], {}, {"class": [f"c{c % 9}" for c in CLASSES]})
    assert conditions.model(few, all_told(few)) is None


def test_a_condition_that_never_varies_within_a_class_is_left_out(make_study, school):
    levers = {"lever-teams": CLASSES.astype(float), "lever-welcome": school.scores["lever-welcome"]}
    study = measured(make_study, school.scores["belonging"], levers)
    assert [name for name, _ in conditions._fitted(study, "class", all_told(study))] == ["lever-welcome"]


def test_support_by_teachers_stands_beside_the_rest_of_belonging(make_study):
    rng = np.random.default_rng(9)
    answers = {item.id: rng.integers(1, 6, 600).astype(float) for item in OWN.items_of("belonging")}
    study = make_study(rng.uniform(0, 100, 600), places={"class": [f"c{c:02d}" for c in CLASSES]})
    facets = {name: np.full(600, 50.0) for name in ("facet-support", "facet-autonomy")}
    study = replace(study, instrument=OWN, answers=answers, scores={**study.scores, **facets})
    support, voice = conditions._conditions(study)
    (item,) = (i for i in OWN.items_of("facet-support") if i.source == "teachers")
    assert support.id == "teacher-support"
    assert np.array_equal(support.x, 25 * (answers[item.id] - 1))
    rest = [i.id for i in OWN.items_of("belonging") if i.facet != "support"]
    assert support.y == pytest.approx(25 * (np.mean([answers[i] for i in rest], axis=0) - 1))
    assert len(OWN.items_of("facet-autonomy")) == 2
    assert voice.scale == "facet-autonomy"
