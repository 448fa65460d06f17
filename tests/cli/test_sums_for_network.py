"""`erbij sums --for-network`: what a school sends away."""

import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.main import erbij

FORMULA = "score ~ girl + (1 | school) + (1 | class)"


@pytest.fixture
def answers(tmp_path):
    rng = np.random.default_rng(4)
    n = 130
    frame = pl.DataFrame(
        {
            "score": rng.normal(size=n),
            "girl": rng.integers(0, 2, n),
            "school": ["north"] * n,
            "class": np.repeat([f"{i}A" for i in range(1, 7)], [25, 24, 23, 22, 20, 16]),
        }
    )
    frame.write_csv(tmp_path / "north.csv")
    return tmp_path / "north.csv"


def run(answers, *more):
    out = answers.parent / "north.json"
    return CliRunner().invoke(erbij, ["sums", str(answers), FORMULA, "--out", str(out), *more]), out


def test_nothing_of_a_class_leaves(answers):
    done, out = run(answers, "--for-network")
    assert done.exit_code == 0, done.output
    told = json.loads(out.read_text())
    assert min(told["counts"]) >= 30
    assert sum(told["counts"]) == 130
    assert told["levels"] == [["north"], [f"north {i + 1}" for i in range(len(told["counts"]))]]
    assert "1A" not in out.read_text()


def test_pooled_total_is_that_of_all_pupils(answers):
    whole, out = run(answers)
    before = np.array(json.loads(out.read_text())["products"]).sum(axis=0)
    done, out = run(answers, "--for-network", "network")
    assert (whole.exit_code, done.exit_code) == (0, 0)
    np.testing.assert_allclose(
        np.array(json.loads(out.read_text())["products"]).sum(axis=0), before, rtol=1e-12
    )


def test_too_few_pupils_write_nothing(answers):
    pl.read_csv(answers).head(29).write_csv(answers)
    done, out = run(answers, "--for-network")
    assert done.exit_code == 1
    assert "too few pupils" in str(done.exception)
    assert not out.exists()
