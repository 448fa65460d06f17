import json
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from erbij.errors import InstrumentError, StudyError
from erbij.studies.opening import open_study
from erbij.studies.study import Exclusion

ITEMS = [f"ST034Q0{i}TA" for i in range(1, 7)]
EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGE = """
[breakdowns.language]
column = "language"
label = "language"
missing = [9]
groups = [
  { id = "home", label = "x", codes = ["english"] },
  { id = "other", label = "y", codes = [2, "dutch"] },
]
"""


def opened(frame: pl.DataFrame, study: Path):
    file = study.parent / "answers.csv"
    frame.write_csv(file)
    return open_study(file, study)


def refused(frame: pl.DataFrame, study: Path) -> str:
    with pytest.raises(StudyError) as caught:
        opened(frame, study)
    return str(caught.value)


def put(frame: pl.DataFrame, row: int, column: str, value: object, dtype: type = pl.String) -> pl.DataFrame:
    values = [None if v is None else str(v) for v in frame[column].to_list()]
    values[row] = value
    return frame.with_columns(pl.Series(column, values, dtype=pl.String).cast(dtype))


def counted(study, what: str) -> dict[str, int]:
    return {e.where: e.count for e in study.exclusions if e.what == what}


def test_study_holds_answers_scores_units_and_groups(pisa_frame, write_study):
    study = opened(pisa_frame, write_study('{gender}\n[units]\nschool = "school"\n'))
    assert study.n == 40
    assert list(study.answers) == ITEMS
    assert np.isnan(study.scores["belonging"]).tolist() == [False, True] + [False] * 38
    assert study.units["school"].names == ("north", "south")
    assert study.units["school"].asked.tolist() == [25, 15]
    assert study.units["all"].asked.tolist() == [40]
    assert study.breakdowns[0].codes.tolist() == [0, 1] * 20
    assert study.design.weights.tolist() == [1.0] * 40
    assert study.exclusions == (Exclusion("too-few-answers", "belonging", 1),)
    assert study.source.rows == 40
    assert study.source.file == "answers.csv"


def test_study_is_the_same_from_every_format(pisa_frame, write_study):
    study = write_study("{gender}")
    frame = pisa_frame.drop("school").cast(pl.Float64)
    folder = study.parent
    frame.write_csv(folder / "a.csv")
    frame.write_csv(folder / "a.tsv", separator="\t")
    frame.write_parquet(folder / "a.parquet")
    pyreadstat.write_sav(frame, str(folder / "a.sav"))
    pyreadstat.write_dta(frame, str(folder / "a.dta"))
    book = openpyxl.Workbook()
    for row in [frame.columns, *frame.rows()]:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    expected = open_study(folder / "a.csv", study)
    for extension in ("tsv", "parquet", "sav", "dta", "xlsx"):
        found = open_study(folder / f"a.{extension}", study)
        np.testing.assert_array_equal(found.scores["belonging"], expected.scores["belonging"])
        np.testing.assert_array_equal(found.breakdowns[0].codes, expected.breakdowns[0].codes)
        assert found.exclusions == expected.exclusions


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(40)))
def test_study_of_permuted_rows_has_permuted_scores(pisa_frame, write_study, order):
    path = write_study('{gender}\n[units]\nschool = "school"\n[weights]\ncolumn = "w"\n')
    before, after = opened(pisa_frame, path), opened(pisa_frame[list(order)], path)
    np.testing.assert_array_equal(after.scores["belonging"], before.scores["belonging"][list(order)])
    np.testing.assert_array_equal(after.breakdowns[0].codes, before.breakdowns[0].codes[list(order)])
    np.testing.assert_array_equal(after.units["school"].codes, before.units["school"].codes[list(order)])
    assert after.exclusions == before.exclusions


def test_item_code_outside_the_instrument_names_row_and_column(pisa_frame, write_study):
    message = refused(put(pisa_frame, 3, ITEMS[2], "5", pl.Int64), write_study())
    assert message.startswith(f"answers.csv, row 5, column {ITEMS[2]}: not a code")
    assert "found 5.0" in message
    assert "1, 2, 3, 4" in message


@pytest.mark.parametrize(
    ("value", "advice"), [("often", "[missing]"), ("2,5", "full stop"), ("1_0", "number")]
)
def test_item_with_text_names_row_and_column(pisa_frame, write_study, value, advice):
    message = refused(put(pisa_frame, 39, ITEMS[0], value), write_study())
    assert f"row 41, column {ITEMS[0]}: text in a column of numbers; found '{value}'" in message
    assert advice in message


def test_missing_codes_are_counted_and_leave_no_answer(pisa_frame, write_study):
    frame = put(put(pisa_frame, 4, ITEMS[0], "9"), 5, ITEMS[0], "NA")
    study = opened(frame, write_study('[missing]\ncodes = [9, "NA"]\n'))
    assert np.isnan(study.answers[ITEMS[0]][[4, 5]]).all()
    assert counted(study, "missing-code") == {ITEMS[0]: 2}


def test_missing_code_that_is_an_answer_is_refused(pisa_frame, write_study):
    message = refused(pisa_frame, write_study("[missing]\ncodes = [4]\n"))
    assert "missing.codes" in message
    assert "found 4.0" in message


def test_item_column_with_another_name_is_found(pisa_frame, write_study):
    frame = pisa_frame.rename({ITEMS[0]: "q1"})
    study = opened(frame, write_study(f'[items]\n{ITEMS[0]} = "q1"\n'))
    assert ITEMS[0] in study.answers
    message = refused(frame, write_study('[items]\nST034Q01 = "q1"\n'))
    assert "items.ST034Q01: no such item" in message
    assert "Did you mean ST034Q01TA" in message
    assert "found 'q2'" in refused(frame, write_study(f'[items]\n{ITEMS[0]} = "q2"\n'))


def test_one_absent_item_of_six_is_counted_and_two_are_refused(pisa_frame, write_study):
    study = opened(pisa_frame.drop(ITEMS[5]), write_study())
    assert counted(study, "item-not-in-file") == {ITEMS[5]: 40}
    assert np.isnan(study.scores["belonging"])[0]
    message = refused(pisa_frame.drop(ITEMS[4:]), write_study())
    assert "2 of the 6 items of belonging have no column" in message
    assert f"no {ITEMS[4]}, {ITEMS[5]}" in message
    assert "at least 5 items" in message
    assert "6 of the 6 items" in refused(pisa_frame.drop(ITEMS), write_study())


def test_grades_and_classes_are_named_within_their_school(pisa_frame, write_study):
    frame = pisa_frame.with_columns(
        pl.Series("grade", [2, 10] * 20), pl.Series("klas", (["A", "B", None, " "] * 10))
    )
    study = opened(
        frame,
        write_study(
            '[units]\nschool = "school"\ngrade = "grade"\nclass = "klas"\n[asked.grade]\n"north/2" = 30\n'
        ),
    )
    assert study.units["grade"].names == ("north/2", "north/10", "south/2", "south/10")
    assert study.units["grade"].asked.tolist() == [30, 12, 7, 8]
    assert study.units["class"].names == ("north/A", "north/B", "south/A", "south/B")
    assert counted(study, "no-unit") == {"class": 20}
    assert opened(frame, write_study('[units]\ngrade = "grade"\n')).units["grade"].names == ("2", "10")


def test_school_names_keep_their_zeros(pisa_frame, write_study):
    frame = pisa_frame.with_columns(pl.Series("school", ["007"] * 20 + ["7"] * 20))
    assert opened(frame, write_study('[units]\nschool = "school"\n')).units["school"].names == ("007", "7")


def test_units_that_would_get_one_name_are_refused(pisa_frame, write_study):
    frame = pisa_frame.with_columns(
        pl.Series("school", ["a/b", "a"] * 20), pl.Series("klas", ["c", "b/c"] * 20)
    )
    assert "one name" in refused(frame, write_study('[units]\nschool = "school"\nclass = "klas"\n'))


@pytest.mark.parametrize(
    ("asked", "telling"),
    [
        ('[asked.school]\n"nort" = 30', ["no pupils", "'nort'", "north, south", "Did you mean north?"]),
        (
            '[asked.school]\n"north" = 24',
            ["asked.school", "fewer asked than answered in north", "25 or more"],
        ),
        ("[asked]\nall = 39", ["asked.all", "40 or more"]),
    ],
)
def test_asked_that_does_not_fit_the_rows_is_refused(pisa_frame, write_study, asked, telling):
    message = refused(pisa_frame, write_study(f'[units]\nschool = "school"\n{asked}\n'))
    for words in telling:
        assert words in message


def test_value_in_no_group_names_row_column_value_and_codes(pisa_frame, write_study):
    message = refused(put(pisa_frame, 6, "gender", "3", pl.Int64), write_study("{gender}"))
    assert "row 8, column gender: a value that is in no group of gender; found 3" in message
    assert "1 (girls), 2 (boys)" in message


def test_codes_match_however_they_are_written(pisa_frame, write_study):
    values = ["dutch", " english", "02", "2.0", "9", "", None, "2"] * 5
    study = opened(pisa_frame.with_columns(pl.Series("language", values)), write_study(LANGUAGE))
    assert study.breakdowns[0].codes.tolist() == [1, 0, 1, 1, -1, -1, -1, 1] * 5
    assert counted(study, "no-group") == {"language": 15}


def test_breakdown_without_any_answer_gives_everyone_no_group(pisa_frame, write_study):
    study = opened(pisa_frame.with_columns(pl.lit(None).alias("gender")), write_study("{gender}"))
    assert counted(study, "no-group") == {"gender": 40}


def test_value_labels_stand_in_for_codes_and_the_code_comes_first(pisa_frame, write_study):
    # 3 is labelled "2": its label may not make it the code 2.
    codes = pl.Series("language", [1.0, 2.0, 3.0, 4.0] * 10)
    frame = pisa_frame.drop("school").with_columns(codes)
    labels = {"language": {1: "english", 2: "english", 3: "dutch", 4: "2"}}
    study = write_study(LANGUAGE)
    pyreadstat.write_sav(frame, str(study.parent / "a.sav"), variable_value_labels=labels)
    assert open_study(study.parent / "a.sav", study).breakdowns[0].codes.tolist() == [0, 1, 1, 1] * 10


RANGES = """
[breakdowns.means]
column = "means"
label = "means"
missing = [99]
groups = [{ id = "few", label = "x", up_to = 0 }, { id = "many", label = "y", from = 1, up_to = 3 }]
"""


def test_ranges_hold_both_their_ends(pisa_frame, write_study):
    frame = pisa_frame.with_columns(pl.Series("means", [-5.0, 0.0, 1.0, 3.0, 99.0, None, 2.0, 1.5] * 5))
    study = opened(frame, write_study(RANGES))
    assert study.breakdowns[0].codes.tolist() == [0, 0, 1, 1, -1, -1, 1, 1] * 5


@pytest.mark.parametrize("value", [0.0001, 3.0001, 0.5])
def test_value_between_ranges_is_refused(pisa_frame, write_study, value):
    message = refused(pisa_frame.with_columns(pl.Series("means", [2.0, value] * 20)), write_study(RANGES))
    assert f"row 3, column means: a value that is in no group of means; found {value}" in message
    assert "-inf to 0 (few), 1 to 3 (many)" in message


WEIGHTS = '[weights]\ncolumn = "w"\nreplicates = "r"\nfay = 0.5\n'


def with_replicates(frame: pl.DataFrame, *numbers: int) -> pl.DataFrame:
    return frame.with_columns([(pl.col("w") * (1 + r / 10)).alias(f"r{r}") for r in numbers])


def test_weights_and_replicates_are_read_in_the_order_of_their_numbers(pisa_frame, write_study):
    frame = with_replicates(pisa_frame, *range(12, 0, -1))
    design = opened(frame, write_study(WEIGHTS)).design
    expected = frame["w"].to_numpy()[:, None] * (1 + np.arange(1, 13) / 10)
    np.testing.assert_allclose(design.replicates, expected, rtol=1e-14)
    assert design.fay == 0.5
    assert design.clusters is None


def test_rows_without_a_weight_leave_everything_and_are_counted(pisa_frame, write_study):
    weights = pisa_frame["w"].to_list()
    weights[0], weights[7] = 0.0, None
    frame = with_replicates(pisa_frame.with_columns(pl.Series("w", weights)), 1, 2).fill_null(1.0)
    frame = frame.with_columns(pl.Series("w", weights))
    study = opened(frame, write_study(WEIGHTS + '{gender}\n[units]\nschool = "school"\n'))
    assert (study.n, study.source.rows) == (38, 40)
    assert counted(study, "no-weight") == {"w": 2}
    assert study.design.replicates.shape == (38, 2)
    assert study.units["school"].asked.tolist() == [23, 15]
    assert study.breakdowns[0].codes.size == study.scores["belonging"].size == 38


def test_rows_keep_their_number_after_others_left(pisa_frame, write_study):
    frame = put(pisa_frame, 9, ITEMS[0], "8", pl.Int64).with_columns(pl.Series("w", [0.0] * 5 + [1.0] * 35))
    assert "row 11," in refused(frame, write_study('[weights]\ncolumn = "w"\n'))


@pytest.mark.parametrize(
    ("column", "value", "telling"),
    [("w", "-1", "found -1.0"), ("w", "inf", "found inf"), ("r2", "-0.5", "-0.5"), ("r2", "", "empty")],
)
def test_weight_that_is_no_weight_names_row_and_column(pisa_frame, write_study, column, value, telling):
    message = refused(put(with_replicates(pisa_frame, 1, 2), 4, column, value), write_study(WEIGHTS))
    assert f"row 6, column {column}" in message
    assert telling in message


@pytest.mark.parametrize(
    ("numbers", "telling"),
    [((), "no replicate weights"), ((1,), "no r2"), ((1, 2, 4), "no r3"), ((2, 3), "no r1")],
)
def test_replicates_with_gaps_are_refused(pisa_frame, write_study, numbers, telling):
    assert telling in refused(with_replicates(pisa_frame, *numbers), write_study(WEIGHTS))


def test_all_weights_zero_is_refused(pisa_frame, write_study):
    frame = pisa_frame.with_columns(pl.lit(0.0).alias("w"))
    assert "no pupil has a weight above 0" in refused(frame, write_study('[weights]\ncolumn = "w"\n'))


def test_clusters_become_codes(pisa_frame, write_study):
    study = opened(pisa_frame, write_study('[weights]\ncolumn = "w"\nclusters = "school"\n'))
    assert study.design.clusters.tolist() == [0] * 25 + [1] * 15
    frame = put(pisa_frame, 2, "school", None)
    message = refused(frame, write_study('[weights]\ncolumn = "w"\nclusters = "school"\n'))
    assert "row 4, column school" in message


DISCRIMINATION = """
[discrimination]
column = "unfair"
little_up_to = 9
label = "unfair treatment"
missing = [99]
majority = { breakdown = "gender", groups = ["boys"] }
"""


def test_discrimination_has_its_line_inclusive_for_little(pisa_frame, write_study):
    frame = pisa_frame.with_columns(
        pl.Series("unfair", [9, 10, 99, None] * 10), pl.Series("gender", [1, 2, None, 2] * 10)
    )
    study = opened(frame, write_study("{gender}" + DISCRIMINATION))
    assert study.discrimination.is_much[:2].tolist() == [0.0, 1.0]
    assert np.isnan(study.discrimination.is_much[2:4]).all()
    assert study.discrimination.is_majority[:2].tolist() == [0.0, 1.0]
    assert np.isnan(study.discrimination.is_majority[2])
    assert counted(study, "no-discrimination-answer") == {"unfair": 20}
    assert counted(study, "missing-code") == {"unfair": 10}


def test_discrimination_by_a_scale_that_is_not_one_is_refused(pisa_frame, write_study):
    text = DISCRIMINATION.replace('column = "unfair"', 'scale = "belonging"').replace("missing = [99]", "")
    assert "not a scale of discrimination" in refused(pisa_frame, write_study("{gender}" + text))


OWN = """
id = "own"
version = "1"
status = "not-validated"
source = "own"
licence = "EUPL-1.2"
ages = "10-12"
main_scale = "belonging"
title = { en = "own" }
[translations]
en = "reviewed"
[formats.often]
type = "rating"
missing_codes = [9]
options = [{ code = 1, en = "never" }, { code = 2, en = "at times" }, { code = 3, en = "often" }]
[formats.who]
type = "one-of"
options = [{ code = 1, en = "girl" }, { code = 2, en = "boy" }]
[formats.grounds]
type = "several"
options = [{ code = "language", en = "language" }, { code = "faith", en = "faith" }]
[scales.belonging]
kind = "belonging"
label = { en = "belonging" }
[scales.unfair]
kind = "discrimination"
high_is_good = false
label = { en = "unfair treatment" }
[[items]]
id = "liked"
scale = "belonging"
format = "often"
text = { en = "I am liked." }
[[items]]
id = "teased"
scale = "unfair"
format = "often"
text = { en = "I am teased." }
[[items]]
id = "grounds"
format = "grounds"
text = { en = "Because of what?" }
why = { en = "To see where it comes from." }
special_category = true
[[items]]
id = "who"
format = "who"
text = { en = "Who are you?" }
why = { en = "To see whether it is the same for all." }
"""

OWN_STUDY = """
[study]
title = "Own"
instrument = "own.toml"
[breakdowns.who]
column = "who"
label = "who"
groups = [{ id = "girls", label = "girls", codes = [1] }, { id = "boys", label = "boys", codes = [2] }]
[discrimination]
scale = "unfair"
little_up_to = 50
label = "unfair treatment"
majority = { breakdown = "who", groups = ["boys"] }
"""


@pytest.fixture
def own_frame() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "liked": [1, 2, 3, 9],
            "teased": [1, 2, 3, None],
            "grounds.language": [0, 1, None, 0],
            "who": [1, 2, 2, None],
        }
    )


def test_own_instrument_stands_beside_study_toml(own_frame, write_study):
    study = write_study(head=OWN_STUDY)
    (study.parent / "own.toml").write_text(OWN)
    found = opened(own_frame, study)
    np.testing.assert_array_equal(found.scores["belonging"], [0, 50, 100, np.nan])
    np.testing.assert_array_equal(found.answers["grounds.language"], [0, 1, np.nan, 0])
    np.testing.assert_array_equal(found.answers["who"], [1, 2, 2, np.nan])
    np.testing.assert_array_equal(found.discrimination.is_much, [0, 0, 1, np.nan])
    assert "grounds.faith" not in found.answers
    assert counted(found, "missing-code") == {"liked": 1}
    assert "not a code" in refused(own_frame.with_columns(pl.Series("grounds.language", [0, 1, 2, 0])), study)


def test_unknown_instrument_is_refused(pisa_frame, write_study):
    study = write_study(head='[study]\ntitle = "x"\ninstrument = "pisa"\n')
    with pytest.raises(InstrumentError, match="pisa-2015-belonging"):
        opened(pisa_frame, study)


def test_pisa_2015_usa_gives_the_emblem(shared_data):
    study = open_study(shared_data / "pisa2015_usa.parquet", EXAMPLES / "pisa2015_usa.toml")
    scores, weights, has = study.scores["belonging"], study.design.weights, study.has_score
    assert int(has.sum()) == 5569
    assert np.average(scores[has], weights=weights[has]) == pytest.approx(66.782, abs=5e-4)
    d = study.discrimination
    for is_majority, is_much, n, mean in (
        (0, 0, 794, 66.8),
        (0, 1, 456, 62.1),
        (1, 0, 2546, 69.7),
        (1, 1, 1563, 64.0),
    ):
        chosen = has & (d.is_majority == is_majority) & (d.is_much == is_much)
        assert int(chosen.sum()) == n
        assert np.average(scores[chosen], weights=weights[chosen]) == pytest.approx(mean, abs=0.05)
    assert study.design.replicates.shape == (5712, 80)
    assert len(study.units["school"].names) == 177
    means = next(b for b in study.breakdowns if b.id == "means")
    shares = np.bincount(means.codes[means.codes >= 0], weights[means.codes >= 0]) / weights.sum()
    np.testing.assert_allclose(shares, 0.246, atol=0.004)


def test_pisa_2015_usa_agrees_with_the_survey_package(shared_data):
    reference = json.loads((shared_data / "reference_pisa2015_usa.json").read_text())["svy_mean_BELONG"]
    study = open_study(shared_data / "pisa2015_usa.parquet", EXAMPLES / "pisa2015_usa.toml")
    index = pl.read_parquet(shared_data / "pisa2015_usa.parquet")["BELONG"].to_numpy()
    has = ~np.isnan(index)
    mean = np.average(index[has], weights=study.design.weights[has])
    replicates = study.design.replicates[has]
    means = index[has] @ replicates / replicates.sum(axis=0)
    se = np.sqrt(((means - mean) ** 2).sum() / (80 * (1 - study.design.fay) ** 2))
    assert mean == pytest.approx(reference["est"]["BELONG"], rel=1e-9)
    assert se == pytest.approx(reference["se"][0], rel=1e-6)


def test_pisa_2003_nld_opens(shared_data):
    study = open_study(shared_data / "pisa2003_nld.parquet", EXAMPLES / "pisa2003_nld.toml")
    assert (study.n, int(study.has_score.sum())) == (3992, 3772)
    assert study.discrimination is None
    assert len(study.units["school"].names) == 154


OUTCOME = '[outcomes.absence]\ncolumn = "days"\nlabel = "days absent"\nmissing = [99]\nabout = "absence"\n'


def test_outcomes_are_numbers_and_what_is_missing_is_counted(pisa_frame, write_study):
    days = [99.0, None, *(0.5 * day for day in range(38))]
    study = opened(pisa_frame.with_columns(pl.Series("days", days)), write_study(OUTCOME))
    (outcome,) = study.outcomes
    assert (outcome.id, outcome.label["fr"], outcome.about) == ("absence", "days absent", "absence")
    assert np.isnan(outcome.values[:2]).all()
    assert outcome.values[2:].tolist() == days[2:]
    assert counted(study, "no-outcome") == {"absence": 2}
    assert counted(study, "missing-code")["days"] == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("about = ", 'about = "mood" # '), "motivation"),
        (('column = "days"\n', ""), "column"),
        (("outcomes.absence", "outcomes.belonging"), "a scale of the instrument is called so"),
    ],
)
def test_an_outcome_that_can_not_be_is_refused(pisa_frame, write_study, change, message):
    frame = pisa_frame.with_columns(pl.Series("days", range(40)))
    assert message in refused(frame, write_study(OUTCOME.replace(*change)))
