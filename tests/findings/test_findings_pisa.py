"""PISA 2015, United States, against numbers computed here in plain NumPy from the file."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import t

from erbij.findings import intersections, registry
from erbij.instruments import scoring
from erbij.privacy import catalogue, policy
from erbij.studies.opening import open_study

STUDY = Path(__file__).parents[2] / "examples" / "pisa2015_usa.toml"
EMBLEM = {
    "majority": (4109, 67.5),
    "minority-little": (794, 66.8),
    "minority-much": (456, 62.1),
    "majority-little": (2546, 69.7),
    "majority-much": (1563, 64.0),
}


@pytest.fixture(scope="module")
def file(shared_data):
    path = shared_data / "pisa2015_usa.parquet"
    if not path.is_file():
        pytest.skip(f"no file {path}")
    return path


@pytest.fixture(scope="module")
def cells(file):
    return registry.answer(open_study(file, STUDY)).filter(pl.col("level") == "all")


@pytest.fixture(scope="module")
def plain(file):
    """Score, weights and replicate weights, by hand."""
    frame = pl.read_parquet(file)
    items = frame.select([f"ST034Q0{i}TA" for i in range(1, 7)]).cast(pl.Float64).to_numpy()
    items = np.where((items >= 1) & (items <= 4), items, np.nan)
    points = (items - 1) / 3 * 100
    points[:, [1, 2, 4]] = 100 - points[:, [1, 2, 4]]
    answered = (~np.isnan(points)).sum(axis=1)
    score = np.where(answered >= 5, np.nansum(points, axis=1) / np.maximum(answered, 1), np.nan)
    replicates = frame.select([f"W_FSTURWT{i}" for i in range(1, 81)]).to_numpy()
    return score, frame["W_FSTUWT"].to_numpy(), replicates


def brr(y, w, replicates):
    has = ~np.isnan(y)
    y, w, replicates = y[has], w[has], replicates[has]
    value = (w * y).sum() / w.sum()
    theta = (replicates * y[:, None]).sum(axis=0) / replicates.sum(axis=0)
    return value, np.sqrt(((theta - value) ** 2).sum() / (80 * 0.25))


def test_everyone_is_told_as_known(cells, values):
    found = values(cells, "measure", breakdown="everyone")
    assert round(found["mean"], 1) == 66.8
    assert round(found["below"], 1) == 14.5
    assert values(cells, "measure", breakdown="everyone", column="n")["mean"] == 5569


def test_emblem_is_told_as_known(cells, values):
    means = values(cells, "group", breakdown="discrimination", measure="mean")
    n = values(cells, "group", breakdown="discrimination", measure="n")
    assert {group: (int(n[group]), round(mean, 1)) for group, mean in means.items()} == EMBLEM


def test_mean_and_interval_are_those_of_plain_replication(cells, plain):
    score, w, replicates = plain
    value, se = brr(score, w, replicates)
    mean = cells.row(by_predicate=_is("everyone", "mean"), named=True)
    half = t.ppf(0.975, 79) * se
    # Sums of five thousand products in another order: agreement to 1e-9 leaves five digits to spare.
    assert [mean["value"], mean["low"], mean["high"]] == pytest.approx(
        [value, value - half, value + half], abs=1e-9
    )


def test_gap_and_its_interval_are_those_of_plain_replication(cells, file, plain):
    score, w, replicates = plain
    girls = pl.read_parquet(file, columns=["ST004D01T"]).to_series().to_numpy() == 1
    own, everyone = (np.where(~np.isnan(score) & who, 1.0, 0.0) for who in (girls, np.ones_like(girls)))
    y = np.nan_to_num(score)

    def gap(weights):
        return (weights * own) @ y / (weights @ own) - (weights * everyone) @ y / (weights @ everyone)

    value = gap(w)
    theta = np.array([gap(r) for r in replicates.T])
    half = t.ppf(0.975, 79) * np.sqrt(((theta - value) ** 2).sum() / 20)
    found = cells.row(by_predicate=_is("girls", "gap"), named=True)
    assert [found["value"], found["low"], found["high"]] == pytest.approx(
        [value, value - half, value + half], abs=1e-9
    )


def _is(group, measure):
    return (pl.col("group") == group) & (pl.col("measure") == measure)


def test_combinations_agree_with_lme4_where_quarters_are_a_straight_line(file, shared_data):
    """Quarters of the sample and scores from four items, as in the reference; by restricted likelihood."""
    reference = json.loads((shared_data / "reference_pisa2015_usa.json").read_text("utf-8"))
    null, main = (reference["lmer"][name]["varcomp"] for name in ("maihda_null", "maihda_main"))
    study = open_study(file, STUDY)
    escs = pl.read_parquet(file, columns=["ESCS"])["ESCS"].cast(pl.Float64).to_numpy()
    cuts = np.nanquantile(escs, [0.25, 0.5, 0.75])
    codes = np.where(np.isnan(escs), -1, np.searchsorted(cuts, escs))
    quarters = (replace(b, codes=codes if b.id == "means" else b.codes) for b in study.breakdowns)
    loose = replace(study.instrument, min_share_answered=0.6)
    scores = {**study.scores, "belonging": scoring.score(loose, study.answers)["belonging"]}
    alone = {"all": study.units["all"]}
    study = replace(study, breakdowns=tuple(quarters), scores=scores, units=alone)
    told = catalogue.of(study, tuple(intersections.offers(study)), policy.careful()).keys
    found = intersections.model(study, told)
    vpc, pcv = (found.filter(pl.col("measure") == name) for name in ("vpc", "pcv"))
    between, within = null[0]["vcov"], null[1]["vcov"]
    assert vpc["n"].item() == 5369
    assert vpc["value"].item() == pytest.approx(100 * between / (between + within), abs=0.05)
    assert pcv["value"].item() == pytest.approx(100 * (1 - main[0]["vcov"] / between), abs=0.5)
