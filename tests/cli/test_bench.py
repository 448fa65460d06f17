import json

import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli import bench
from erbij.cli.bench import fit
from erbij.cli.maihda import maihda
from erbij.cli.sums import pool, sums
from erbij.errors import EstimationError, StudyError

MODEL = "score ~ year * track + girl + (1 + year | pupil)"


@pytest.fixture
def run():
    def invoke(command, *arguments):
        result = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=True)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def growth(reference_folder):
    return reference_folder / "mixed_growth.csv"


@pytest.fixture
def rows(growth):
    return pl.read_csv(growth, null_values="NA")


@pytest.fixture
def file(rows, tmp_path):
    path = tmp_path / "rows.parquet"
    rows.write_parquet(path)
    return path


def test_fit_prints_the_contract(run, file):
    found = json.loads(run(fit, file, MODEL, "--json").stdout)
    assert list(found) == [
        "n", "groups", "beta", "se", "df", "variances", "sigma2", "loglik", "criterion", "objective", "fit",
        "excluded", "missing",
    ]  # fmt: skip
    names = ["Intercept", "year", "track[T.b]", "track[T.c]", "girl", "year:track[T.b]", "year:track[T.c]"]
    assert sorted(found["beta"]) == sorted(found["se"]) == sorted(found["df"]) == sorted(names)
    assert [(v["group"], v["name1"], v["name2"]) for v in found["variances"]] == [
        ("pupil", "Intercept", None), ("pupil", "year", None), ("pupil", "Intercept", "year"),
    ]  # fmt: skip
    assert found["criterion"] == "REML"
    assert found["objective"] == -2 * found["loglik"]
    assert found["fit"]["converged"]
    assert found["fit"]["gradient_norm"] < 1e-6
    assert found["n"] + found["excluded"]["missing"] == pl.read_parquet(file).height


def test_fit_by_maximum_likelihood_and_with_weights(run, file, reference_folder):
    found = json.loads(
        run(fit, file, "score ~ year + (1 | pupil)", "--ml", "--weights", "w", "--json").stdout
    )
    assert found["criterion"] == "ML"
    witness = json.loads((reference_folder / "mixed_models.json").read_text())["fits"]["growth_weights_ml"]
    assert found["loglik"] == pytest.approx(witness["loglik"], abs=1e-9)


def test_people_get_tables(run, file):
    text = run(fit, file, "score ~ yr + (1 | pupil)", "--let", "yr = year - 1").stdout
    assert "groups of pupil" in text
    assert "rows left out: missing" in text
    assert "Settled" in text


def test_pooled_sums_give_the_fit_of_the_whole(run, rows, tmp_path):
    """Halves that share pupils, and of which each lacks a category that the other has."""
    is_a = pl.col("track") == "a"
    halves = {
        "whole": rows,
        "left": rows.filter(is_a | (pl.col("year") == 1)),
        "right": rows.filter(~is_a & (pl.col("year").is_null() | (pl.col("year") != 1))),
    }
    for name, part in halves.items():
        part.write_csv(tmp_path / f"{name}.csv")
        run(sums, tmp_path / f"{name}.csv", MODEL, "--out", tmp_path / f"{name}.json")
    whole = json.loads(run(fit, tmp_path / "whole.csv", MODEL, "--json").stdout)
    pooled = json.loads(run(pool, tmp_path / "left.json", tmp_path / "right.json", "--json").stdout)
    one = json.loads(run(pool, tmp_path / "whole.json", "--json").stdout)
    for found in (pooled, one):
        assert (found["n"], found["groups"], found["excluded"]) == (
            whole["n"],
            whole["groups"],
            whole["excluded"],
        )
        for key in ("beta", "se", "df"):
            assert found[key] == pytest.approx(whole[key], rel=1e-9)
        for key in ("sigma2", "loglik", "objective"):
            assert found[key] == pytest.approx(whole[key], rel=1e-9)
        values = [v["value"] for v in found["variances"]]
        assert values == pytest.approx([v["value"] for v in whole["variances"]], rel=1e-9)


def test_sums_say_how_small_the_smallest_cell_is(run, file, tmp_path):
    result = run(sums, file, "score ~ year + (1 | pupil)", "--out", tmp_path / "s.json")
    assert "the smallest of 1," in result.stderr


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("score ~ yeer + (1 | pupil)", r"no such column; found 'yeer'.*Did you mean year\?"),
        ("score ~ year + (1 | pupyl)", r"no such column; found 'pupyl'.*Did you mean pupil\?"),
        ("track ~ year + (1 | pupil)", "holds no numbers"),
        ("score ~ year", "no random term"),
        ("score ~ nothing(year) + (1 | pupil)", "can't be evaluated"),
    ],
)
def test_a_wrong_formula_is_named(run, file, formula, problem):
    with pytest.raises((StudyError, EstimationError), match=problem):
        run(fit, file, formula)


def test_sums_of_another_model_are_refused(run, file, tmp_path):
    for i, formula in enumerate(["score ~ year + (1 | pupil)", "score ~ girl + (1 | pupil)"]):
        run(sums, file, formula, "--out", tmp_path / f"{i}.json")
    with pytest.raises(StudyError, match="sums of another formula"):
        run(pool, tmp_path / "0.json", tmp_path / "1.json")


def test_what_is_not_sums_is_refused(run, file, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    for path, problem in (
        ("x.json", "not sums"),
        ("none.json", "can't be opened"),
        ("rows.parquet", "not text"),
    ):
        with pytest.raises(StudyError, match=problem):
            run(pool, tmp_path / path)


def test_sums_do_not_overwrite_the_answers(run, file, tmp_path):
    with pytest.raises(StudyError, match="would overwrite"):
        run(sums, file, "score ~ year + (1 | pupil)", "--out", file)
    with pytest.raises(StudyError, match="no such folder"):
        run(sums, file, "score ~ year + (1 | pupil)", "--out", tmp_path / "none" / "s.json")


def test_a_logistic_fit_has_the_same_contract(run, reference_folder):
    file = reference_folder / "mixed_ratings.csv"
    found = json.loads(run(fit, file, "yes ~ x + (1 | teacher)", "--family", "binomial", "--json").stdout)
    witness = json.loads((reference_folder / "mixed_models.json").read_text())["logistic"]["teacher"]
    assert found["loglik"] == pytest.approx(witness["loglik"], abs=1e-3)
    assert (found["sigma2"], found["df"]) == (None, {"Intercept": None, "x": None})
    text = run(fit, file, "yes ~ x + (1 | teacher)", "--family", "binomial", "--points", "9").stdout
    assert "(9 points)" in text


@pytest.mark.parametrize(
    "options",
    [["--points", "5"], ["--family", "binomial", "--weights", "w"], ["--family", "binomial", "--intervals"]],
)
def test_options_that_do_not_go_together_are_a_usage_error(run, file, options):
    assert run(fit, file, "score ~ year + (1 | pupil)", *options).exit_code == 2


def test_intervals_are_told(run, file):
    found = json.loads(run(fit, file, "score ~ year + (1 | pupil)", "--intervals", "--json").stdout)
    assert [i["group"] for i in found["standard_deviations"]] == ["pupil", None]
    (share,) = found["variance_shares"]
    assert share["low"] < share["value"] < share["high"]
    assert "share of variance" in run(fit, file, "score ~ year + (1 | pupil)", "--intervals").stdout


def sums_in(path):
    return json.loads(path.read_text())


@pytest.fixture
def no_table_in_memory(monkeypatch):
    def read(*_, **__):
        raise AssertionError("the file was read into memory")

    monkeypatch.setattr(bench, "read", read)


@pytest.mark.usefixtures("no_table_in_memory")
def test_sums_of_a_parquet_file_are_taken_as_it_is_read(run, file, rows, tmp_path):
    run(sums, file, MODEL, "--out", tmp_path / "pieces.json", "--weights", "w")
    found = sums_in(tmp_path / "pieces.json")
    assert found["excluded"]["missing"] + sum(found["counts"]) == rows.height
    fitted = json.loads(run(pool, tmp_path / "pieces.json", "--json").stdout)
    assert fitted["fit"]["converged"]


def test_sums_in_pieces_and_in_memory_give_the_same_fit(run, rows, file, tmp_path):
    rows.write_csv(tmp_path / "rows.csv")
    told = []
    for path in (tmp_path / "rows.csv", file):
        result = run(sums, path, MODEL, "--out", tmp_path / "s.json", "--weights", "w")
        told.append(json.loads(run(pool, tmp_path / "s.json", "--json").stdout))
        assert "rows left out" in result.stderr
    assert told[0]["excluded"] == told[1]["excluded"]
    for key in ("beta", "se"):
        assert told[0][key] == pytest.approx(told[1][key], rel=1e-9)


@pytest.mark.parametrize(
    ("formula", "options"),
    [
        ("score ~ np.cos(year) + (1 | pupil)", []),
        ("score ~ yr + (1 | pupil)", ["--let", "yr = year - 1"]),
    ],
)
def test_what_can_not_be_summed_in_pieces_is_summed_in_memory(formula, options, run, file, tmp_path):
    run(sums, file, formula, *options, "--out", tmp_path / "s.json")
    expected = json.loads(run(fit, file, formula, *options, "--json").stdout)
    found = json.loads(run(pool, tmp_path / "s.json", "--json").stdout)
    assert found["beta"] == pytest.approx(expected["beta"], rel=1e-9)


@pytest.mark.parametrize(
    ("formula", "given", "problem"),
    [
        ("score ~ yeer + (1 | pupil)", [], r"no such column; found 'yeer'.*Did you mean year\?"),
        ("score ~ year + (1 | pupil)", ["--weights", "ww"], "no such column; found 'ww'"),
        ("score ~ endless + (1 | pupil)", [], "endless: a value is infinite"),
        ("score ~ year + (1 | pupil)", ["--weights", "nought"], "zero or negative"),
        ("score ~ year + (1 | nobody)", [], "no row has all the columns"),
    ],
)
def test_what_has_no_sums_is_named(formula, given, problem, run, odd_file):
    with pytest.raises((StudyError, EstimationError), match=problem):
        run(sums, odd_file, formula, *given, "--out", odd_file.with_suffix(".json"))


@pytest.fixture
def odd_file(rows, tmp_path):
    odd = rows.with_columns(
        endless=pl.when(pl.col("year") == 1).then(float("inf")).otherwise(1.0),
        nought=pl.when(pl.col("girl") == 1).then(0.0).otherwise(1.0),
        nobody=pl.lit(None, dtype=pl.String),
    )
    odd.write_parquet(tmp_path / "odd.parquet")
    return tmp_path / "odd.parquet"


def test_what_is_missing_is_told_by_column(run, file, rows):
    lacking = rows["score"].null_count()
    for command, asked in (
        (fit, [file, "score ~ year + (1 | pupil)", "--json"]),
        (maihda, [file, "score", "--strata", "girl,track", "--json"]),
    ):
        told = run(command, *asked)
        assert f"of {rows.height} rows lack a value and are left out" in told.stderr
        assert f"score in {lacking}" in told.stderr
        assert json.loads(told.stdout)["missing"]["score"] == lacking
        in_words = run(command, *asked[:-1]).stdout
        assert "rows left out: missing." in in_words
        assert f"score is missing in {lacking} rows." in in_words


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        (fit, ["score ~ year + (1 | pupil)"]),
        (sums, ["score ~ year + (1 | pupil)", "--out", "s.json"]),
        (maihda, ["score", "--strata", "girl,track"]),
    ],
)
def test_who_asks_for_imputation_hears_what_to_do_instead(command, asked, run, file):
    with pytest.raises(StudyError, match=r"multiple imputation is not supported.*left out and counted"):
        run(command, file, *asked, "--impute")


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_no_group_is_made_of_what_is_missing(ending, run, tmp_path):
    """What R, Python and spreadsheets write for no value; 007 and 7 stay two groups."""
    path = tmp_path / f"rows.{ending}"
    group = [*["007", "7", "b", "c"] * 5, "", " ", None, *(["NA", "NaN"] if ending == "csv" else [])]
    y = [float(i % 7) for i in range(len(group))]
    rows = pl.DataFrame({"y": y, "g": group})
    rows.write_parquet(path) if ending == "parquet" else rows.write_csv(path)
    found = json.loads(run(fit, path, "y ~ 1 + (1 | g)", "--json").stdout)
    assert (found["n"], found["groups"]) == (20, {"g": 4})
    run(sums, path, "y ~ 1 + (1 | g)", "--out", tmp_path / "s.json")
    assert sums_in(tmp_path / "s.json")["excluded"] == {"missing": len(group) - 20}


def test_what_r_writes_for_no_value_is_missing_in_a_column_of_numbers(run, tmp_path):
    (tmp_path / "r.csv").write_text(
        "y,g\n" + "".join(f"{i % 5},{'ab'[i % 2]}\n" for i in range(9)) + "NA,a\n"
    )
    result = run(fit, tmp_path / "r.csv", "y ~ 1 + (1 | g)", "--json")
    assert json.loads(result.stdout)["n"] == 9
    assert "y in 1" in result.stderr


def test_an_infinite_group_is_named(run, tmp_path):
    g = [1.5, 2.5, float("inf")] * 4
    pl.DataFrame({"y": [float(i) for i in range(12)], "g": g}).write_parquet(tmp_path / "odd.parquet")
    with pytest.raises(EstimationError, match=r"grouping factor g: a group has an infinite number"):
        run(fit, tmp_path / "odd.parquet", "y ~ 1 + (1 | g)")
