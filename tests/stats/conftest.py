import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_array

from erbij.stats.design import SamplingDesign, jackknife

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
POSITIVE = ("ST034Q02TA", "ST034Q03TA", "ST034Q05TA")


@pytest.fixture(scope="session")
def witness() -> dict[str, Any]:
    """What R gave: tests/reference/survey_and_reliability.R."""
    return json.loads((REFERENCE / "survey_and_reliability.json").read_text())


@pytest.fixture(scope="session")
def made_up() -> pl.DataFrame:
    return pl.read_csv(REFERENCE / "made_up_classes.csv", null_values="NA")


@pytest.fixture(scope="session")
def made_up_designs(made_up) -> dict[str, SamplingDesign]:
    weights = made_up["w"].to_numpy()
    replicates = made_up.select(f"r{i}" for i in range(1, 17)).to_numpy()
    return {
        "clusters": SamplingDesign(weights, clusters=made_up["class"].to_numpy()),
        "pupils": SamplingDesign(weights),
        "replicates": SamplingDesign(weights, replicates, 0.3),
    }


@pytest.fixture(scope="session")
def survey_witness() -> dict[str, Any]:
    """What R gave: tests/reference/survey_models.R."""
    return json.loads((REFERENCE / "survey_models.json").read_text())


@pytest.fixture(scope="session")
def all_designs(made_up, made_up_designs, survey_witness) -> dict[str, SamplingDesign]:
    """Every kind of design of the made-up classes; jackknives are made by the rule of survey_models.R."""
    weights, classes = made_up["w"].to_numpy(), made_up["class"].to_numpy()
    names = np.unique(classes)

    def out(left, among):
        raised = np.where(np.isin(classes, among), len(among) / (len(among) - 1), 1.0)
        return weights * np.where(classes == left, 0.0, raised)

    def each(parts):
        return np.column_stack([out(left, part) for part in parts for left in part])

    zones = [names[i : i + 2] for i in range(0, names.size, 2)]
    strata = [names[i : i + 5] for i in range(0, names.size, 5)]
    first = np.column_stack([out(zone[0], zone) for zone in zones])
    second = np.column_stack([out(zone[1], zone) for zone in zones])
    factors = np.array(survey_witness["made_up"]["factors"])
    replicates = {
        "jk1": each([names]),
        "jk2": first,
        "jk2-both": np.hstack([first, second]),
        "jkn": each(strata),
    }
    made = {
        kind: SamplingDesign(
            weights, R, jackknife=jackknife(kind, R.shape[1], factors if kind == "jkn" else None)
        )
        for kind, R in replicates.items()
    }
    return made | {("fay" if name == "replicates" else name): d for name, d in made_up_designs.items()}


@pytest.fixture(scope="session")
def pisa(shared_data) -> pl.DataFrame:
    frame = pl.read_parquet(shared_data / "pisa2015_usa.parquet")
    items = [f"ST034Q0{i}TA" for i in range(1, 7)]
    turned = frame.with_columns((5 - pl.col(name)).alias(name) for name in POSITIVE)
    answered = pl.sum_horizontal(pl.col(items).is_not_null())
    score = pl.when(answered >= 5).then((pl.mean_horizontal(items) - 1) / 3 * 100)
    majority, much = pl.col("IMMIG") == 1, pl.col("unfairteacher") > 9
    return turned.with_columns(
        score=score,
        emblem=pl.when(majority & much.is_not_null())
        .then(0)
        .when(~majority & ~much)
        .then(1)
        .when(~majority & much)
        .then(2),
    )


@pytest.fixture(scope="session")
def pisa_designs(pisa) -> dict[str, SamplingDesign]:
    weights = pisa["W_FSTUWT"].to_numpy()
    replicates = pisa.select(f"W_FSTURWT{i}" for i in range(1, 81)).to_numpy()
    return {
        "replicates": SamplingDesign(weights, replicates, 0.5),
        "clusters": SamplingDesign(weights, clusters=pisa["CNTSCHID"].to_numpy()),
    }


@pytest.fixture(scope="session")
def numbers():
    """A column as numbers, NaN where it is missing."""
    return lambda series: series.cast(pl.Float64).fill_null(float("nan")).to_numpy()


@pytest.fixture(scope="session")
def made_up_y(made_up, numbers):
    return numbers(made_up["y"])


@pytest.fixture(scope="session")
def belong(pisa, numbers):
    return numbers(pisa["BELONG"])


@pytest.fixture(scope="session")
def everyone_and():
    """Members of domain 0, everyone, and of one domain for each code; a negative code is nobody's."""

    def members(codes):
        codes = np.asarray(codes)
        groups = [codes == g for g in range(codes.max() + 1)]
        return csr_array(np.column_stack([np.ones(codes.size, dtype=bool), *groups]))

    return members
