import json

import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.main import erbij

STUDY = """
[study]
title = "Our school"
instrument = "pisa-2015-belonging"
made_up = true
[units]
class = "room"
[breakdowns.gender]
column = "gender"
label = "gender"
groups = [{ id = "girls", label = "girls", codes = [1] }, { id = "boys", label = "boys", codes = [2] }]
"""


def run(*arguments):
    return CliRunner().invoke(erbij, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Sixty pupils in three classes, a release of all, and one in which two were not there yet."""
    path = tmp_path_factory.mktemp("school")
    items = {f"ST034Q0{i}TA": [1 + (pupil * (i + 2)) % 4 for pupil in range(60)] for i in range(1, 7)}
    frame = pl.DataFrame(items | {"gender": [1, 2, 2] * 20, "room": ["a"] * 20 + ["b"] * 20 + ["c"] * 20})
    (path / "STUDY.toml").write_text(STUDY, "utf-8")
    for name, rows in (("whole", frame), ("early", frame[2:])):
        rows.write_csv(path / f"{name}.csv")
        made = run("report", path / f"{name}.csv", "--study", path / "STUDY.toml", "--out", path / name)
        assert made.exit_code == 0, made.output
    return path


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "Niets was af te leiden"), ("en", "Nothing could"), ("fr", "Rien")]
)
def test_a_release_stands(school, language, told):
    result = run("audit", school / "whole" / "release.json", "--language", language)
    assert result.exit_code == 0, result.output
    assert told in result.output


def test_a_release_stands_against_who_knows_every_pupil(school):
    design = ["--design", school / "whole.csv", "--study", school / "STUDY.toml"]
    result = run("audit", school / "whole" / "release.json", *design, "--json")
    assert result.exit_code == 0, result.output
    verdict = json.loads(result.output)
    assert verdict["stands"] is True
    assert verdict["pupils"] == 60


def test_two_releases_that_differ_by_two_pupils_fall(school):
    both = (school / name / "release.json" for name in ("early", "whole"))
    result = run("audit", *both, "--language", "en")
    assert result.exit_code == 1
    assert "differs by a few pupils" in result.output


def test_a_group_that_was_hidden_alone_falls(school, tmp_path):
    """As a careless hand would: one group of a class withheld, all around it shown."""
    content = json.loads((school / "whole" / "release.json").read_text("utf-8"))
    usual = next(c for c in content["cells"] if c["status"] == "shown" and c["measure"] == "mean")
    places = [("all", "all", 15), *(("class", room, 5) for room in "abc")]
    content["cells"] = [
        usual | {"level": level, "unit": unit, "breakdown": breakdown, "group": group, "n": n * share}
        for level, unit, n in places
        for breakdown, group, share in (
            ("everyone", "everyone", 4),
            ("gender", "girls", 1),
            ("gender", "boys", 3),
        )
    ]
    hidden = next(c for c in content["cells"] if (c["unit"], c["group"]) == ("a", "girls"))
    hidden |= {"status": "withheld", "reason": "to-protect-pupils", "n": None, "value": None}
    (tmp_path / "release.json").write_text(json.dumps(content), "utf-8")
    result = run("audit", tmp_path / "release.json", "--json")
    assert result.exit_code == 1
    falls = json.loads(result.output)["falls"]
    assert [(fall["kind"], fall["unit"], fall["group"]) for fall in falls] == [("derived", "a", "girls")]


def test_design_needs_its_study(school):
    result = run("audit", school / "whole" / "release.json", "--design", school / "whole.csv")
    assert result.exit_code == 2


def test_file_that_is_no_release_is_told(school):
    assert run("audit", school / "STUDY.toml").exit_code == 1
