import json

import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.survey import survey_mean, survey_regress
from erbij.errors import EstimationError, StudyError

PISA_DESIGN = ["--weights", "W_FSTUWT", "--replicates", "W_FSTURWT", "--fay", "0.5"]
GIRL = ["--let", "girl = ST004D01T == 1"]
IMMIGRANT = ["--let", "immigrant = IMMIG > 1"]


@pytest.fixture
def run():
    def invoke(command, *arguments):
        result = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=True)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def answers(run, tmp_path):
    path = tmp_path / "answers.csv"
    columns = {
        "score": [40.0, 60.0, None, 80.0, 70.0, 20.0],
        "sex": [1, 2, 1, None, 2, 1],
        "track": ["a", "b", "a", "b", "b", "a"],
        "w": [1.0, 2.0, 1.0, 1.0, 2.0, 1.0],
        "r1": [2.0, 4.0, 0.0, 0.0, 4.0, 0.0],
        "r2": [0.0, 0.0, 2.0, 2.0, 1.0, 2.0],
        "r10": [1.0, 2.0, 1.0, 1.0, 3.0, 2.0],
    }
    pl.DataFrame(columns).write_csv(path)
    return path


@pytest.fixture
def payload(run):
    return lambda command, *arguments: json.loads(run(command, *arguments, "--json").stdout)


@pytest.fixture
def reference(shared_data):
    return json.loads((shared_data / "reference_pisa2015_usa.json").read_text())


def test_pisa_mean_agrees_with_r(payload, shared_data, reference):
    found = payload(survey_mean, shared_data / "pisa2015_usa.parquet", "BELONG", *PISA_DESIGN)
    (mean,) = found["estimates"]
    # The reference is written to 1e-15; 1e-9 leaves room for another order of adding.
    assert mean["value"] == pytest.approx(reference["svy_mean_BELONG"]["est"]["BELONG"], abs=1e-9)
    assert mean["se"] == pytest.approx(reference["svy_mean_BELONG"]["se"][0], abs=1e-9)
    assert (found["n"], found["dropped"], mean["n"], mean["df"]) == (5580, 132, 5580, 79)
    assert mean["low"] < mean["value"] < mean["high"]


def test_pisa_regression_agrees_with_r(payload, shared_data, reference):
    formula = "BELONG ~ girl + immigrant + ESCS"
    file = shared_data / "pisa2015_usa.parquet"
    found = payload(survey_regress, file, formula, *GIRL, *IMMIGRANT, *PISA_DESIGN)
    expected = reference["svy_reg"]
    names = ["Intercept", "girl", "immigrant", "ESCS"]
    assert list(found["beta"]) == list(found["se"]) == list(found["df"]) == names
    assert list(found["beta"].values()) == pytest.approx(list(expected["est"].values()), abs=1e-9)
    assert list(found["se"].values()) == pytest.approx(list(expected["se"].values()), abs=1e-9)
    assert (found["n"], found["dropped"]) == (5372, 340)


def test_each_mean_stands_on_its_own_rows(payload, answers):
    found = payload(survey_mean, answers, "score", "girl", "--let", "girl = sex == 1", "--weights", "w")
    score, girl = found["estimates"]
    assert (found["n"], found["dropped"]) == (6, 0)
    assert (score["n"], score["value"]) == (5, pytest.approx(400 / 7))
    assert (girl["n"], girl["value"]) == (5, pytest.approx(3 / 7))


def test_a_comparison_with_a_missing_value_stays_missing(payload, answers):
    found = payload(survey_mean, answers, "boy", "--let", "boy = sex != 1")
    assert (found["n"], found["dropped"]) == (5, 1)
    assert found["estimates"][0]["value"] == pytest.approx(0.4)


def test_a_definition_may_use_an_earlier_one(payload, answers):
    lets = ["--let", "girl = sex == 1", "--let", "boy = 1 - girl"]
    found = payload(survey_mean, answers, "boy", *lets)
    assert found["estimates"][0] == pytest.approx(
        {
            "name": "boy",
            "value": 0.4,
            "se": 0.24494897,
            "low": -0.28008727,
            "high": 1.08008727,
            "df": 4,
            "n": 5,
        }
    )


def test_replicates_are_taken_in_the_order_of_their_numbers(payload, answers):
    design = ["--weights", "w", "--replicates", "r", "--fay", "0"]
    found = payload(survey_mean, answers, "score", *design)
    assert found["estimates"][0]["df"] == 2


def test_terms_are_named_as_formulaic_does(payload, answers):
    found = payload(survey_regress, answers, "score ~ C(track) + {w > 1}", "--weights", "w")
    assert list(found["beta"]) == ["Intercept", "C(track)[T.b]", "w > 1"]


def test_a_value_lost_in_the_formula_is_dropped_with_its_weight(payload, answers):
    with pytest.warns(RuntimeWarning, match="invalid value"):
        found = payload(survey_regress, answers, "score ~ np.log(score - 30)", "--weights", "w")
    assert (found["n"], found["dropped"]) == (4, 2)


def test_clusters_make_the_error_of_the_design(payload, tmp_path):
    path = tmp_path / "classes.csv"
    pl.DataFrame({"y": [1.0, 1, 5, 5, 9, 9], "class": ["a", "a", "b", "b", "c", "c"]}).write_csv(path)
    found = payload(survey_mean, path, "y", "--clusters", "class")
    # Three classes with means 1, 5, 9: the standard error of a mean of three.
    assert found["estimates"][0]["se"] == pytest.approx(4 / 3**0.5)
    assert found["estimates"][0]["df"] == 2


def test_people_get_a_table(run, answers):
    text = run(survey_mean, answers, "score", "--weights", "w").stdout
    assert "57.1429" in text
    assert "1 rows left out" in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["scor"], "no such column; found 'scor'; allowed: score, sex"),
        (["score", "--weights", "weight"], "no such column; found 'weight'"),
        (["track"], "column track: holds no numbers"),
        (["x", "--let", "x == sex"], "a definition can't be read"),
        (["x", "--let", "x = sex +"], "can't be evaluated"),
        (["x", "--let", "x = nothing(sex)"], "can't be evaluated"),
        (["x", "--let", "x = 3"], "one value for each row"),
        (["x", "--let", "x = x + 1"], "no such column; found 'x'"),
        (["sex", "--let", "sex = w > 1"], "already has this column"),
        (["x", "--let", "x = w", "--let", "x = sex"], "defined twice"),
        (["score", "--weights", "w", "--replicates", "q", "--fay", "0"], "no column is the prefix"),
    ],
)
def test_a_wrong_column_or_definition_is_named(run, answers, arguments, problem):
    with pytest.raises(StudyError, match=problem):
        run(survey_mean, answers, *arguments)


@pytest.mark.parametrize("formula", ["score ~ x +", "~ sex", "C(track) ~ sex", "score ~ nothing(sex)"])
def test_a_wrong_formula_is_refused(run, answers, formula):
    with pytest.raises(StudyError):
        run(survey_regress, answers, formula)


def test_a_formula_without_complete_rows_is_refused(run, tmp_path):
    path = tmp_path / "holes.csv"
    pl.DataFrame({"y": [1.0, None], "x": [None, 2.0]}).write_csv(path)
    with pytest.raises(EstimationError, match="no row has all the columns"):
        run(survey_regress, path, "y ~ x")


def test_a_missing_weight_is_refused(run, tmp_path):
    path = tmp_path / "weights.csv"
    pl.DataFrame({"y": [1.0, 2.0, 4.0], "w": [1.0, None, 1.0]}).write_csv(path)
    with pytest.raises(EstimationError, match="a weight is missing"):
        run(survey_mean, path, "y", "--weights", "w")


@pytest.mark.parametrize("left_out", ["--fay", "--weights"])
def test_replicates_without_their_factor_or_weights_are_a_usage_error(run, answers, left_out):
    options = {"--weights": "w", "--replicates": "r", "--fay": "0.5"}
    options.pop(left_out)
    result = run(survey_mean, answers, "score", *[word for pair in options.items() for word in pair])
    assert result.exit_code == 2
    assert "--replicates needs" in result.stderr
