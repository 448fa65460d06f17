import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.measurement import dif, invariance
from erbij.errors import EstimationError, StudyError

ITEMS = "q1,q2,q3,q4,q5"


@pytest.fixture
def run():
    def invoke(command, *arguments):
        result = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=True)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def made(reference_folder):
    return reference_folder / "made_up_items.csv"


@pytest.fixture
def measured(reference_folder):
    return json.loads((reference_folder / "measurement.json").read_text())


def test_item_functioning_of_a_file(run, made, measured):
    found = json.loads(run(dif, made, "--items", ITEMS, "--group", "group", "--json").stdout)
    expected = measured["dif"]["made_up_rest"]
    assert [item["total"]["chi2"] for item in found["items"]] == pytest.approx(
        [item["total"]["chi2"] for item in expected], abs=1e-6
    )
    assert [item["size"] for item in found["items"]] == ["a", "b", "a", "a", "a"]
    assert list(found["items"][1]["effects"]) == ["a", "b", "c"]
    assert found["items"][1]["words"].startswith("With the same score")
    assert (found["n"], found["dropped"], found["missing"]) == (880, 20, {"q3": 20})


def test_items_can_be_matched_on_the_total(run, made, measured):
    found = json.loads(
        run(dif, made, "--items", ITEMS, "--group", "group", "--match", "total", "--json").stdout
    )
    expected = measured["dif"]["made_up_total"]
    assert found["items"][3]["total"]["chi2"] == pytest.approx(expected[3]["total"]["chi2"], abs=1e-6)


def test_invariance_of_a_file(run, made, measured):
    found = json.loads(run(invariance, made, "--items", ITEMS, "--group", "group", "--json").stdout)
    expected = measured["invariance"]["made_up"]["steps"]
    for step in found["steps"]:
        assert step["cfi"] == pytest.approx(expected[step["step"]]["cfi"], abs=1e-7)
    assert found["holds"] == "configural"
    assert sum(found["groups"].values()) == found["n"] == 880
    assert set(found["steps"][0]["loadings"]["a"]) == set(ITEMS.split(","))


def test_residuals_that_go_together_take_degrees_of_freedom(run, made):
    options = ["--items", ITEMS, "--group", "group", "--together", "q1~q3", "--json"]
    found = json.loads(run(invariance, made, *options).stdout)
    assert found["steps"][0]["df"] == 12


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_people_read_what_it_means(language, run, made):
    for command, words in (
        (dif, {"nl": "nogal anders", "en": "rather differently", "fr": "assez différemment"}),
        (
            invariance,
            {"nl": "niet overal even zwaar", "en": "do not count for as much", "fr": "pas partout autant"},
        ),
    ):
        text = run(command, made, "--items", ITEMS, "--group", "group", "--language", language).stdout
        assert words[language] in " ".join(text.split())
        assert "20 rows left out" in text
        assert "q3 is missing in 20 rows" in text


def test_a_difference_that_depends_on_the_score_is_told(run, tmp_path):
    """In group b a high score on the others means a low answer to the first."""
    rng = np.random.default_rng(8)
    trait, answers = rng.normal(size=(400, 1)), rng.normal(size=(400, 3))
    is_b = np.arange(400) % 2 == 1
    latent = answers + 2 * trait * np.column_stack([np.where(is_b, -1, 1), np.ones((400, 2))])
    columns = dict(zip("xyz", np.digitize(latent, [-1, 0, 1]).T, strict=True))
    pl.DataFrame({"g": np.where(is_b, "b", "a"), **columns}).write_csv(tmp_path / "turned.csv")
    text = run(dif, tmp_path / "turned.csv", "--items", "x,y,z", "--group", "g").stdout
    assert "How differently depends on the score." in " ".join(text.split())


@pytest.mark.parametrize(
    ("command", "options", "problem"),
    [
        (dif, ["--items", "q1,q1,q2", "--group", "group"], "an item stands there twice"),
        (dif, ["--items", "q1,q2,q9", "--group", "group"], "no such column; found 'q9'"),
        (dif, ["--items", "q1,q2", "--group", "group"], "three items or more"),
        (dif, ["--items", ITEMS, "--group", "one", "--let", "one = 0 * q1"], "two groups"),
        (invariance, ["--items", ITEMS, "--group", "group", "--together", "q1~q7"], "not a pair of items"),
        (invariance, ["--items", ITEMS, "--group", "group", "--together", "q1"], "not a pair of items"),
        (invariance, ["--items", "q1,group,q2", "--group", "q3"], "holds no numbers"),
    ],
)
def test_what_can_not_be_compared_is_one_clear_error(command, options, problem, run, made):
    with pytest.raises((StudyError, EstimationError), match=problem):
        run(command, made, *options)
