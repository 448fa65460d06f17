import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.maihda import maihda


@pytest.fixture
def file(tmp_path):
    rng = np.random.default_rng(2)
    n = 400
    frame = pl.DataFrame({"sex": rng.choice(["f", "m"], n), "origin": rng.integers(1, 4, n)})
    y = np.round(50 + 3 * (frame["sex"] == "f").to_numpy() + rng.normal(0, 8, n), 2)
    path = tmp_path / "rows.csv"
    values = [None if i < 3 else value for i, value in enumerate(y.tolist())]
    frame.with_columns(y=pl.Series(values), low=pl.Series((y < 50).astype(int))).write_csv(path)
    return path


def run(*arguments):
    result = CliRunner().invoke(maihda, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_holds_both_models_and_every_stratum(file):
    found = json.loads(run(file, "y", "--strata", "sex,origin", "--json"))
    assert list(found) == ["vpc", "pcv", "strata", "null", "main", "notes", "missing"]
    assert found["missing"] == {"y": 3}
    assert len(found["strata"]) == 6
    assert found["strata"][0]["groups"] == {"sex": "f", "origin": "1"}
    assert found["main"]["excluded"] == {"missing": 3}
    assert set(found["main"]["beta"]) == {"Intercept", "C(sex)[T.m]", "C(origin)[T.2]", "C(origin)[T.3]"}


def test_people_get_a_table(file):
    text = run(file, "y", "--strata", "sex, origin")
    assert "VPC" in text
    assert "predicted" in text


def test_yes_and_no(file):
    found = json.loads(run(file, "low", "--strata", "sex,origin", "--family", "binomial", "--json"))
    assert found["null"]["sigma2"] is None
    assert found["vpc"]["low"] <= found["vpc"]["value"] <= found["vpc"]["high"]
    for stratum in found["strata"]:
        assert 0 < stratum["share"]["low"] < stratum["share"]["value"] < stratum["share"]["high"] < 100
