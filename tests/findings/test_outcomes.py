"""Which outcomes go with belonging, and which may not be told because they rest on a few."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from erbij.findings import outcomes
from erbij.findings.told import is_carried_by_many
from erbij.privacy import catalogue, gate, policy
from erbij.studies.study import Outcome


def all_told(study, *scales):
    keys = catalogue.of(study, (), policy.careful()).keys
    return keys.with_columns(scales=pl.lit(list(scales or study.scores)))


@pytest.fixture(scope="module")
def school(make_study):
    """300 pupils: stress falls and absence rises where belonging is low; height has nothing to do with it."""
    rng = np.random.default_rng(6)
    scores = rng.uniform(20, 95, 300)
    stress = np.clip(80 - 0.6 * scores + rng.normal(0, 12, 300), 0, 100)
    study = make_study(scores, more_scales={"stress": stress, "mood": rng.uniform(0, 100, 300)})
    absence = np.maximum(0, np.rint(12 - 0.1 * scores + rng.normal(0, 2, 300)))
    absence[:20] = np.nan
    return replace(study, outcomes=(Outcome("absence", {"en": "days absent"}, absence, "absence"),))


def test_scales_and_columns_are_correlated_with_belonging(school, values):
    found = outcomes.model(school, all_told(school))
    told = values(found, "measure")
    assert list(told) == ["with:stress", "with:mood", "with:absence"]
    assert told["with:stress"] == pytest.approx(
        np.corrcoef(school.scores["stress"], school.scores["belonging"])[0, 1]
    )
    high = values(found, "measure", column="high")
    assert high["with:stress"] < 0
    assert high["with:mood"] > 0
    assert values(found, "measure", column="n")["with:absence"] == 280


def test_a_scale_that_is_not_told_takes_no_part(school):
    found = outcomes.model(school, all_told(school, "belonging", "mood"))
    assert found["measure"].to_list() == ["with:mood", "with:absence"]


def test_without_the_main_scale_being_told_nothing_is(school):
    assert outcomes.model(school, all_told(school).filter(pl.col("level") != "all")) is None


@pytest.mark.parametrize(("absent", "is_told"), [(1, False), (9, False), (40, True)])
def test_what_rests_on_a_few_pupils_is_not_told(make_study, absent, is_told):
    """Where one pupil was ever absent, the correlation would be that pupil's answer."""
    scores = np.random.default_rng(2).uniform(20, 90, 400)
    days = np.where(np.arange(400) < absent, 10.0, 0.0)
    study = replace(make_study(scores), outcomes=(Outcome("absence", {"en": "absence"}, days),))
    cells = gate.release(study).cells
    assert ("with:absence" in set(cells["measure"])) is is_told


def test_nine_may_not_make_up_half_of_the_spread():
    assert not is_carried_by_many(np.array([]))
    assert not is_carried_by_many(np.zeros(50))
    assert not is_carried_by_many(np.repeat([0.0, 1.0], [500, 17]))
    assert is_carried_by_many(np.repeat([0.0, 1.0], [500, 19]))


def test_the_card_names_the_outcomes(school):
    (card,) = gate.release(school).card.outcomes
    assert (card.id, card.label, card.about) == ("absence", {"en": "days absent"}, "absence")
