import json
import re
from hashlib import sha256

import polars as pl
import pytest
from click.testing import CliRunner

from erbij.cli.main import erbij
from erbij.errors import ErbijError, ProtectionError, ReportError, StudyError

ITEMS = [f"ST034Q0{i}TA" for i in range(1, 7)]
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
WRITTEN = {"release.json", "cells.csv", "report.html", "report.pdf"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Forty pupils in two classes."""
    path = tmp_path_factory.mktemp("school")
    columns = {item: [1 + (pupil * (i + 2)) % 4 for pupil in range(40)] for i, item in enumerate(ITEMS)}
    columns |= {"gender": [1, 2] * 20, "room": ["a"] * 20 + ["b"] * 20}
    pl.DataFrame(columns).write_csv(path / "answers.csv")
    (path / "STUDY.toml").write_text(STUDY, "utf-8")
    return path


def report(folder, out, *more, study="STUDY.toml"):
    arguments = ["report", folder / "answers.csv", "--study", folder / study, "--out", out, *more]
    return CliRunner().invoke(erbij, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def made(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "new" / "report"
    return report(folder, out, "--json"), out


def test_report_writes_four_files(made):
    result, out = made
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == WRITTEN


def test_report_prints_what_it_wrote_as_json(made):
    result, out = made
    told = json.loads(result.stdout)
    assert told["written"] == {name: str(out / name) for name in WRITTEN}
    cells = pl.read_csv(out / "cells.csv", infer_schema=False)
    counts = dict(cells["status"].value_counts().rows())
    assert told["cells"] == {"shown": counts.get("shown", 0), "withheld": counts.get("withheld", 0)}


def test_report_is_dutch_unless_told(made):
    _, out = made
    assert '<html lang="nl">' in (out / "report.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_report_comes_in_the_language_that_was_asked(folder, tmp_path, language):
    result = report(folder, tmp_path, "--language", language)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        str(tmp_path / name) for name in ("report.html", "report.pdf", "release.json", "cells.csv")
    ]
    assert f'<html lang="{language}">' in (tmp_path / "report.html").read_text("utf-8")


def test_report_twice_gives_the_same_bytes(folder, made, tmp_path):
    _, out = made
    assert report(folder, tmp_path).exit_code == 0
    for name in WRITTEN:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        (('column = "gender"', 'column = "sex"'), StudyError, "sex"),
        (("codes = [2]", "codes = [3]"), StudyError, "row"),
        (("[units]", "[policy]\nthreshold = 2\n[units]"), ProtectionError, "a whole number of 5 or more"),
        (("pisa-2015-belonging", "pisa-1066-belonging"), ErbijError, "pisa-2015-belonging"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_mistake_is_told_and_nothing_is_written(folder, tmp_path, change, kind, told):
    text = STUDY.replace(*change)
    assert text != STUDY
    (folder / "WRONG.toml").write_text(text, "utf-8")
    out = tmp_path / "out"
    result = report(folder, out, study="WRONG.toml")
    assert isinstance(result.exception, kind)
    assert told in str(result.exception)
    assert not out.exists()


@pytest.mark.parametrize("missing", ["--study", "--out"])
def test_required_option_that_is_not_given_ends_with_two(folder, tmp_path, missing):
    options = {"--study": folder / "STUDY.toml", "--out": tmp_path / "out"}
    del options[missing]
    arguments = [str(part) for pair in options.items() for part in pair]
    result = CliRunner().invoke(erbij, ["report", str(folder / "answers.csv"), *arguments])
    assert result.exit_code == 2
    assert missing in result.output
    assert not (tmp_path / "out").exists()


def test_file_that_is_not_there_and_language_that_is_not_ours_end_with_two(folder, tmp_path):
    result = CliRunner().invoke(erbij, ["report", str(folder / "no.csv"), "--study", "x", "--out", "y"])
    assert result.exit_code == 2
    assert report(folder, tmp_path / "out", "--language", "de").exit_code == 2


def test_out_that_is_a_file_ends_with_two(folder, tmp_path):
    (tmp_path / "taken").write_text("mine", "utf-8")
    assert report(folder, tmp_path / "taken").exit_code == 2
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


def test_withheld_numbers_are_in_no_file(folder, tmp_path):
    """Nine girls among forty: their breakdown is withheld in all three files."""
    frame = pl.read_csv(folder / "answers.csv").with_columns(gender=pl.Series([1] * 9 + [2] * 31))
    frame.write_csv(tmp_path / "answers.csv")
    (tmp_path / "STUDY.toml").write_text(STUDY, "utf-8")
    assert report(tmp_path, tmp_path / "out", "--language", "en").exit_code == 0
    cells = pl.read_csv(tmp_path / "out" / "cells.csv").filter(pl.col("breakdown") == "gender")
    assert set(cells["status"]) == {"withheld"}
    content = json.loads((tmp_path / "out" / "release.json").read_text("utf-8"))
    hidden = [cell for cell in content["cells"] if cell["breakdown"] == "gender"]
    assert hidden
    assert all(cell[key] is None for cell in hidden for key in ("n", "value", "low", "high"))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    groups = page[page.index('id="groups"') : page.index('id="treatment"')]
    assert "to protect pupils" in groups
    assert not re.search(r">\s*(9|31)\s*<", groups)


def test_report_with_an_earlier_release_says_what_changed(folder, made, tmp_path):
    frame = pl.read_csv(folder / "answers.csv").with_columns(pl.col(ITEMS[0]).reverse())
    frame.write_csv(tmp_path / "answers.csv")
    (tmp_path / "STUDY.toml").write_text(STUDY, "utf-8")
    before = made[1] / "release.json"
    assert report(tmp_path, tmp_path / "out", "--before", before).exit_code == 0
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert '<section id="change">' in page
    assert '<section id="change">' not in (made[1] / "report.html").read_text("utf-8")


def test_earlier_releases_in_the_wrong_order_are_refused(folder, made, tmp_path):
    older = made[1] / "release.json"
    newer = json.loads(older.read_text("utf-8")) | {"previous": sha256(older.read_bytes()).hexdigest()}
    (tmp_path / "newer.json").write_text(json.dumps(newer), "utf-8")
    result = report(folder, tmp_path / "out", "--before", tmp_path / "newer.json", "--before", older)
    assert isinstance(result.exception, ReportError)
    assert "oldest first" in str(result.exception)
    assert not (tmp_path / "out").exists()
