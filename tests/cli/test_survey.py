import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.survey import survey_logistic, survey_mean, survey_quantile, survey_regress
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


def test_pupils_without_a_cluster_are_refused(run, tmp_path):
    """They would count as one more cluster, that nobody drew."""
    path = tmp_path / "clusters.csv"
    pl.DataFrame({"y": [1.0, 2.0, 4.0, 3.0], "c": [1, None, 2, 3]}).write_csv(path)
    for command, asked in ((survey_mean, "y"), (survey_regress, "y ~ 1")):
        with pytest.raises(EstimationError, match="column c: a cluster is missing; found '1 such rows'"):
            run(command, path, asked, "--clusters", "c")


def test_an_outcome_of_words_is_refused(run, tmp_path):
    """One word everywhere would be a column of ones, fitted without an error."""
    path = tmp_path / "words.csv"
    pl.DataFrame({"y": ["k"] * 6, "x": [1.0, 2.0, 4.0, 3.0, 0.0, 1.0]}).write_csv(path)
    with pytest.raises(StudyError, match="the outcome: holds no numbers; found 'y'"):
        run(survey_regress, path, "y ~ x")


def test_who_asks_for_imputation_hears_what_to_do_instead(run, answers):
    with pytest.raises(StudyError, match=r"multiple imputation is not supported.*--plausible"):
        run(survey_mean, answers, "score", "--impute")


@pytest.mark.parametrize("left_out", ["--fay", "--weights"])
def test_replicates_without_their_factor_or_weights_are_a_usage_error(run, answers, left_out):
    options = {"--weights": "w", "--replicates": "r", "--fay": "0.5"}
    options.pop(left_out)
    result = run(survey_mean, answers, "score", *[word for pair in options.items() for word in pair])
    assert result.exit_code == 2
    assert "--replicates needs" in result.stderr


BACKGROUND = "girl + immigrant + ESCS"
MATH = ["--plausible", "math = PV#MATH"]


@pytest.fixture
def survey_witness(reference_folder):
    return json.loads((reference_folder / "survey_models.json").read_text())


@pytest.fixture
def pisa(shared_data):
    return shared_data / "pisa2015_usa.parquet"


def test_pisa_logistic_agrees_with_r(payload, pisa, reference):
    lets = [*GIRL, *IMMIGRANT, "--let", "above = BELONG > 0"]
    found = payload(survey_logistic, pisa, f"above ~ {BACKGROUND}", *lets, *PISA_DESIGN)
    expected = reference["svy_logit"]
    # The reference stopped at 1e-8 of the deviance.
    assert list(found["beta"].values()) == pytest.approx(list(expected["est"].values()), rel=1e-8)
    assert list(found["se"].values()) == pytest.approx(list(expected["se"].values()), rel=1e-7)
    assert (found["n"], found["dropped"]) == (5372, 340)
    assert (
        found["missing"] == {"BELONG": 132, "ESCS": 74, "IMMIG": 229} or sum(found["missing"].values()) > 340
    )
    assert found["fit"]["gradient_norm"] < 1e-12


def test_pisa_quantiles_agree_with_r(payload, pisa, survey_witness):
    at = ["--at", "0.05,0.25,0.5,0.75,0.9"]
    found = payload(survey_quantile, pisa, "BELONG", *at, *PISA_DESIGN)
    expected = survey_witness["pisa2015_usa"]["quantiles"]
    for key in ("value", "se", "low", "high"):
        assert [line[key] for line in found["estimates"]] == pytest.approx(expected[key], rel=1e-10)
    assert found["estimates"][2]["name"] == "BELONG at 0.5"


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("mean", [survey_mean, "math"]),
        ("regression", [survey_regress, f"math ~ {BACKGROUND}", *GIRL, *IMMIGRANT]),
        ("predictor", [survey_regress, f"BELONG ~ {BACKGROUND} + math", *GIRL, *IMMIGRANT]),
        ("logistic", [survey_logistic, "low ~ girl + ESCS", *GIRL, "--let", "low = math < 420"]),
    ],
)
def test_plausible_values_agree_with_r(key, asked, payload, pisa, survey_witness):
    command, *options = asked
    found = payload(command, pisa, *options, *MATH, *PISA_DESIGN)
    expected = survey_witness["pisa2015_usa"]["plausible"][key]
    lines = found.get("estimates")
    values = [line["value"] for line in lines] if lines else list(found["beta"].values())
    errors = [line["se"] for line in lines] if lines else list(found["se"].values())
    np.testing.assert_allclose(values, expected["value"], rtol=1e-9)
    np.testing.assert_allclose(errors, expected["se"], rtol=1e-9)
    assert found["plausible_values"] == 10


@pytest.fixture
def jackknifed(tmp_path):
    """Six pupils in three zones, with TIMSS's two replicates for each, and two versions of a grade."""
    path = tmp_path / "jackknifed.csv"
    R = {f"r{i}": [2.0 if j == i else 0.0 if j == (i ^ 1) else 1.0 for j in range(6)] for i in range(6)}
    columns = {"y": [1.0, 3, 4, 8, 5, 9], "w": [1.0] * 6, "v1": [1, 2, 3, 4, 5, 6], "v2": [2, 2, 3, 5, 5, 7]}
    pl.DataFrame(columns | {f"r{i + 1}": R[f"r{i}"] for i in range(6)} | {"u1": [1.0] * 6}).write_csv(path)
    return path


JACKKNIFE = ["--weights", "w", "--replicates", "r", "--jackknife"]


def test_jackknives_of_the_command_line(payload, jackknifed):
    """Each zone of two moves the mean by half their difference over three."""
    squares = (2 / 6) ** 2 + (4 / 6) ** 2 + (4 / 6) ** 2
    for way, variance, df in (
        (["jk2-both"], squares, 3),
        (["jkn", "--factors", "0.5"], squares, 5),
        (["jkn", "--factors", "1,1,1,1,0.5,0.5"], 2 * squares - (4 / 6) ** 2, 5),
        (["jk1"], 2 * squares * 5 / 6, 5),
        (["jk2"], 2 * squares, 5),
    ):
        (mean,) = payload(survey_mean, jackknifed, "y", *JACKKNIFE, *way)["estimates"]
        assert (mean["se"] ** 2, mean["df"]) == (pytest.approx(variance), df)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--weights", "w", "--replicates", "r"], "--replicates needs"),
        ([*JACKKNIFE, "jk1", "--fay", "0"], "exclude each other"),
        (["--jackknife", "jk1"], "--jackknife needs --replicates"),
        ([*JACKKNIFE, "jkn"], "needs --factors"),
        ([*JACKKNIFE, "jk1", "--factors", "1"], "nothing else takes them"),
    ],
)
def test_half_a_design_is_a_usage_error(options, problem, run, jackknifed):
    result = run(survey_mean, jackknifed, "y", *options)
    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.mark.parametrize(
    ("command", "arguments", "problem"),
    [
        (survey_mean, ["v", "--plausible", "v = v"], "must hold one #"),
        (survey_mean, ["y", "--plausible", "y = v#"], "the file already has this column"),
        (survey_mean, ["v", "--plausible", "v = u#"], "two plausible values or more; found 'u1'"),
        (survey_mean, ["v", "--plausible", "v = z#"], "two plausible values or more; found 'none'"),
        (
            survey_regress,
            ["v ~ t", "--plausible", "v = v#", "--plausible", "t = r#"],
            "not as many plausible",
        ),
        (survey_mean, ["y", *JACKKNIFE, "jkn", "--factors", "a"], "--factors: not numbers"),
        (survey_quantile, ["y", "--at", "half"], "--at: not numbers"),
        (survey_quantile, ["y", "--at", "50"], "a share is out of range"),
        (survey_logistic, ["y ~ w"], "a column does not vary"),
        (survey_logistic, ["y ~ v1"], "must be 0 or 1"),
        (survey_logistic, ["z ~ v1", "--let", "z = y > 4"], "tells the outcome without exception"),
        (survey_regress, ["y ~ v1 + v3", "--let", "v3 = 2 * v1"], "v1, v3: columns depend on each other"),
        (survey_regress, ["y ~ v1", "--weights", "z", "--let", "z = y"], "no such column; found 'z'"),
        (survey_mean, ["y", "--weights", "n"], "zero, negative or infinite"),
    ],
)
def test_what_can_not_be_estimated_is_one_clear_error(command, arguments, problem, run, jackknifed):
    pl.read_csv(jackknifed).with_columns(n=pl.col("w") - (pl.col("y") > 8)).write_csv(jackknifed)
    with pytest.raises((StudyError, EstimationError), match=problem):
        run(command, jackknifed, *arguments)


def test_plausible_values_that_are_missing_in_other_rows_each_are_refused(run, jackknifed):
    rows = pl.read_csv(jackknifed).with_columns(v1=pl.when(pl.col("y") > 1).then("v1"))
    rows.write_csv(jackknifed)
    with pytest.raises(EstimationError, match="missing in other rows each"):
        run(survey_mean, jackknifed, "v", "--plausible", "v = v#")


def test_people_read_what_is_missing_and_how_versions_were_pooled(run, jackknifed):
    rows = pl.read_csv(jackknifed).with_columns(y=pl.when(pl.col("y") > 1).then("y"))
    rows.write_csv(jackknifed)
    text = run(survey_regress, jackknifed, "y ~ v", "--plausible", "v = v#").stdout
    assert "1 rows left out" in text
    assert "y is missing in 1 rows" in text
    assert "2 plausible values, pooled by Rubin's rules" in text


def test_an_end_that_is_unknown_is_null(payload, jackknifed):
    found = payload(survey_quantile, jackknifed, "y", "--at", "0.1,0.5")
    low, middle = found["estimates"]
    assert (low["low"], low["se"], low["value"]) == (None, None, 1)
    assert middle["value"] == 4
