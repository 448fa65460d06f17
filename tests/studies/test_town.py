import json
import tomllib

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.cli.town import town as command
from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.instruments.scoring import score
from erbij.studies import town, town_files
from erbij.studies.opening import open_study
from erbij.studies.town_pupils import Model

FILES = {"made-up-answers.csv", "STUDY.toml", "README.md", "truth.json"}
INSTRUMENT = registry.load("erbij-pupils-10-12")
# Enough pupils to see the model through the noise; three seeds so that no lucky draw is tested.
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def big(request):
    return town.make(58, 2579, seed=request.param)


@pytest.fixture(scope="module")
def answers_of():
    def answers(made):
        columns = made.frame.columns[4:]
        return {c: made.frame[c].cast(pl.Float64).fill_null(np.nan).to_numpy() for c in columns}

    return answers


def test_town_has_the_pupils_and_schools_that_were_asked_for(big):
    frame = big.frame
    assert frame.height == 2579
    assert frame["school"].n_unique() == 58
    assert set(frame["note"]) == {"made up"}
    for unit in ("school", "grade", "class"):
        assert frame[unit].str.starts_with("made-up-school-").all()
    sizes = frame.group_by("school").len()["len"]
    assert sizes.max() > 1.5 * sizes.min()


def test_town_nests_classes_in_grades_in_schools(big):
    nested = big.frame.select("school", "grade", "class").unique()
    assert nested.height == nested["class"].n_unique()
    grades = nested.select("school", "grade").unique()
    assert grades.height == grades["grade"].n_unique() == 2 * 58
    sizes = big.frame.group_by("class").len()["len"]
    assert 15 <= sizes.median() <= 24
    assert sizes.max() <= 31


def test_town_has_a_column_for_every_question_but_faith(big):
    expected = []
    for item in INSTRUMENT.items.values():
        form = INSTRUMENT.format_of(item)
        several = [f"{item.id}.{code}" for code in form.codes]
        expected += several if form.type == "several" else [item.id]
    assert big.frame.columns == ["note", "school", "grade", "class", *(c for c in expected if c != "faith")]


def test_town_gives_no_code_that_the_questionnaire_lacks(big):
    for item in INSTRUMENT.items.values():
        form = INSTRUMENT.format_of(item)
        if form.type != "several" and item.id in big.frame.columns:
            assert set(big.frame[item.id].drop_nulls()) == set(form.codes), item.id
    for name in big.frame.columns:
        if name.startswith("discrimination-grounds."):
            assert set(big.frame[name].drop_nulls()) == {0, 1}


def test_town_codes_mean_what_the_questionnaire_says():
    labels = {
        (item.id, option.code): option.label["en"]
        for item in INSTRUMENT.items.values()
        for option in INSTRUMENT.format_of(item).options
    }
    for breakdown in town_files.BREAKDOWNS:
        assert labels[breakdown.column, 9].endswith("rather not say")
        codes = {code for own in breakdown.groups.values() for code in own} | set(breakdown.missing)
        assert codes == {code for item, code in labels if item == breakdown.column}
    assert labels["parents-born", 4].endswith("know")
    assert labels["parents-born", 1] == "both in this country"
    assert labels["gender", 1] == "a girl"
    assert labels["books", 1] == "0 to 10"
    assert labels["extra-help", 1] == labels["new-here", 1] == "yes"
    assert labels["born-here", 1] == "this country"


def test_town_leaves_as_much_out_as_the_model_says(big, answers_of):
    answers = answers_of(big)
    ratings = [item.id for item in INSTRUMENT.items.values() if item.scale]
    assert 0.02 < np.mean([np.isnan(answers[i]).mean() for i in ratings]) < 0.03
    assert 0.015 < (answers["gender"] == 9).mean() < 0.045
    alike = [i for i in ratings if INSTRUMENT.items[i].format == "how-often"]
    rows = np.column_stack([answers[i] for i in alike])
    filled = rows[~np.isnan(rows).any(axis=1)]
    assert 0.005 < (filled == filled[:, :1]).all(axis=1).mean() < 0.04


def test_town_belongs_about_as_much_as_children_do(big, answers_of):
    scores = score(INSTRUMENT, answers_of(big))["belonging"]
    has = scores[~np.isnan(scores)]
    assert 63 < has.mean() < 72
    assert 10 < 100 * (has < 50).mean() < 20


def test_town_scale_is_reliable(big, answers_of):
    answers = answers_of(big)
    rows = np.column_stack([answers[item.id] for item in INSTRUMENT.items_of("belonging")])
    rows = rows[~np.isnan(rows).any(axis=1)]
    k = rows.shape[1]
    alpha = k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / rows.sum(axis=1).var(ddof=1))
    assert 0.85 < alpha < 0.93


def test_town_shows_treatment_rather_than_origin(big, answers_of):
    answers = answers_of(big)
    scores = score(INSTRUMENT, answers)
    belonging, much = scores["belonging"], scores["discrimination"] > 25
    majority, minority = answers["parents-born"] == 1, np.isin(answers["parents-born"], (2, 3))
    mean = {
        (name, is_much): np.nanmean(belonging[who & (much == is_much)])
        for name, who in (("majority", majority), ("minority", minority))
        for is_much in (False, True)
    }
    assert 10 < np.nanmean(belonging[~much]) - np.nanmean(belonging[much]) < 17
    assert abs(mean["majority", False] - mean["minority", False]) < 6
    assert much[minority].mean() > 1.5 * much[majority].mean()


def test_town_outcomes_follow_belonging_in_their_direction(big, answers_of):
    scores = score(INSTRUMENT, answers_of(big))
    for scale in INSTRUMENT.scales.values():
        if scale.kind in ("outcome", "opportunity", "overall", "trust"):
            both = ~np.isnan(scores[scale.id]) & ~np.isnan(scores["belonging"])
            r = np.corrcoef(scores[scale.id][both], scores["belonging"][both])[0, 1]
            assert (r if scale.high_is_good else -r) > 0.08, scale.id


def test_town_truth_is_near_what_is_measured(big, answers_of):
    answers = answers_of(big)
    belonging = score(INSTRUMENT, answers)["belonging"]
    truth = big.truth["true_scores"]
    assert np.nanmean(belonging) == pytest.approx(truth["everyone"]["everyone"]["mean"], abs=1.0)
    girls = belonging[answers["gender"] == 1]
    assert np.nanmean(girls) == pytest.approx(truth["gender"]["girl"]["mean"], abs=1.5)
    for name in ("gender", "origin", "books", "extra-help", "new-here", "born-here", "home-language"):
        assert sum(group["n"] for group in truth[name].values()) == 2579
    assert len(big.truth["true_scores_of_schools"]) == 58


def test_town_asked_more_than_answered(big):
    sizes = dict(big.frame.group_by("school").len().iter_rows())
    assert sizes.keys() == big.asked.keys()
    assert all(big.asked[school] >= size for school, size in sizes.items())
    assert 2579 * 1.03 < sum(big.asked.values()) < 2579 * 1.08


@given(st.integers(1, 12), st.integers(0, 60), st.integers(0, 2**32))
@settings(max_examples=25)
def test_town_of_any_size_adds_up(schools, more, seed):
    made = town.make(schools, 2 * schools + more, seed=seed)
    assert made.frame.height == 2 * schools + more
    assert made.frame["school"].n_unique() == schools
    assert made.frame["grade"].n_unique() == 2 * schools


@pytest.mark.parametrize(("schools", "pupils"), [(0, 10), (-1, 10), (5, 9), (1, 1), (1, -3)])
def test_town_refuses_too_few(schools, pupils):
    with pytest.raises(StudyError, match=r"two pupils or more in each; found .* schools from 1, pupils from"):
        town.make(schools, pupils, seed=1)


def test_town_refuses_a_seed_below_0():
    with pytest.raises(StudyError, match="not a seed; found -1"):
        town.make(1, 10, seed=-1)


def test_write_gives_the_same_bytes_for_the_same_seed_only(tmp_path):
    for folder, seed in (("a", 7), ("b", 7), ("c", 8)):
        town.write(town.make(3, 90, seed=seed), tmp_path / folder)
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "a" / name).read_bytes() != (tmp_path / "c" / name).read_bytes()


def test_write_says_in_every_file_that_it_is_made_up(tmp_path):
    paths = town.write(town.make(2, 60, seed=1), tmp_path / "new" / "town")
    assert {path.name for path in paths} == FILES
    for path in paths:
        text = path.read_bytes().decode()
        assert "made up" in text.lower()
        assert "\r" not in text
    rows = (tmp_path / "new" / "town" / "made-up-answers.csv").read_text().splitlines()
    assert all(row.startswith("made up,made-up-school-") for row in rows[1:])


def test_write_refuses_a_folder_that_is_not_empty(tmp_path):
    made = town.make(1, 20, seed=1)
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(StudyError, match="not empty"):
        town.write(made, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    town.write(made, tmp_path, force=True)
    assert {path.name for path in tmp_path.iterdir()} == FILES | {"mine.txt"}


def test_write_refuses_a_file_in_the_way(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StudyError, match="can't be written"):
        town.write(town.make(1, 20, seed=1), tmp_path / "file")


def test_write_makes_a_study_that_opens(tmp_path):
    made = town.make(6, 400, seed=4)
    town.write(made, tmp_path)
    study = open_study(tmp_path / "made-up-answers.csv", tmp_path / "STUDY.toml")
    assert study.n == 400
    assert study.source.is_made_up
    assert set(study.units) >= {"school", "grade", "class"}
    assert (
        dict(zip(study.units["school"].names, study.units["school"].asked.tolist(), strict=True))
        == made.asked
    )
    assert study.units["all"].asked.tolist() == [sum(made.asked.values())]
    assert [b.id for b in study.breakdowns] == [b.id for b in town_files.BREAKDOWNS]
    for breakdown, planned in zip(study.breakdowns, town_files.BREAKDOWNS, strict=True):
        assert [group.id for group in breakdown.groups] == list(planned.groups)
        column = made.frame[planned.column].to_numpy()
        first = next(iter(planned.groups.values()))
        assert ((breakdown.codes == 0) == np.isin(column, first)).all()
    assert study.discrimination.line == 25.0
    assert np.nansum(study.discrimination.is_much) > 0
    assert "faith" not in study.answers


def test_truth_holds_every_number_of_the_model(tmp_path):
    town.write(town.make(2, 60, seed=1), tmp_path)
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert set(truth["model"]) == set(Model.__dataclass_fields__)
    assert truth["model"]["harm"] == Model().harm
    assert tomllib.loads((tmp_path / "STUDY.toml").read_text())["study"]["made_up"] is True


def test_command_writes_and_says_where(tmp_path):
    result = CliRunner().invoke(
        command, ["--schools", "2", "--pupils", "50", "--seed", "3", "--out", str(tmp_path / "t")]
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "Not one of them exists" in result.stderr
    for name in FILES:
        assert name in result.stderr.replace("\n", "")
        assert (tmp_path / "t" / name).stat().st_size > 0


def test_command_needs_force_to_replace(tmp_path):
    arguments = ["--schools", "1", "--pupils", "20", "--out", str(tmp_path)]
    (tmp_path / "README.md").write_text("mine")
    refused = CliRunner().invoke(command, arguments)
    assert isinstance(refused.exception, StudyError)
    assert (tmp_path / "README.md").read_text() == "mine"
    assert CliRunner().invoke(command, [*arguments, "--force"]).exit_code == 0
    assert "made-up town" in (tmp_path / "README.md").read_text()
