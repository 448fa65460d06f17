import json
from pathlib import Path

import good_exports
import numpy as np
import pandas as pd
import polars as pl
import pyreadstat
import pytest
from click.testing import CliRunner
from good_files import NAME
from hypothesis import given
from hypothesis import strategies as st

from erbij.cli.main import erbij
from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.studies.mapping import matching, tools, writing
from erbij.studies.mapping.guess import guess
from erbij.studies.opening import open_study

INSTRUMENT = registry.load("erbij-pupils-10-12")


def on_disk(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture(params=good_exports.EXPORTS)
def export(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    name, content = good_exports.EXPORTS[request.param]
    return request.param, on_disk(tmp_path, name, content)


def test_export_becomes_a_study_with_every_answer(export: tuple[str, Path], tmp_path: Path) -> None:
    tool, path = export
    found = guess(path)
    assert (found.tool, found.instrument.id) == (tool, INSTRUMENT.id)
    text = writing.to_toml(found, title="Mei")
    study = open_study(path, on_disk(tmp_path, "STUDY.toml", text.encode()))
    made = good_exports.answers(INSTRUMENT)
    for item in good_exports.asked(INSTRUMENT):
        codes = [INSTRUMENT.format_of(item).codes[one[item.id]] for one in made]
        assert np.array_equal(study.answers[item.id], codes), item.id
    assert study.n == good_exports.PUPILS
    assert "class" in study.units
    assert {one.id for one in study.breakdowns} >= {"gender"}


def test_who_and_when_are_left_out_and_said(export: tuple[str, Path]) -> None:
    found = guess(export[1], instrument=INSTRUMENT.id)
    text = writing.to_toml(found, title="Mei")
    assert NAME not in text
    assert "@" not in text
    why = {column.why for column in found.columns if column.role == "left-out"}
    assert why == {"person", "time", "tool"} - ({"tool"} if export[0] == "google-forms" else set())
    assert "tells when somebody answered" in text


@pytest.mark.parametrize("language", sorted(INSTRUMENT.translations))
def test_questions_are_known_in_every_language(language: str, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "answers.csv", good_exports.google(INSTRUMENT, language))
    found = guess(path, instrument=INSTRUMENT.id)
    assert set(found.items) == {item.id for item in good_exports.asked(INSTRUMENT)}
    assert min(column.sure for column in found.items.values()) == 1.0
    assert found.unclear == {}


def test_statistical_file_is_known_by_its_codes(tmp_path: Path) -> None:
    items = [item.id.replace("-", "_") for item in good_exports.asked(INSTRUMENT)]
    frame = pd.DataFrame({name: [float(n % 4 + 1) for n in range(30)] for name in items})
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"))
    assert len(guess(tmp_path / "a.sav").items) == len(items)


def test_changed_question_is_less_sure_and_says_so(tmp_path: Path) -> None:
    first = good_exports.asked(INSTRUMENT)[0]
    content = good_exports.google(INSTRUMENT, "en").decode()
    changed = content.replace(first.text["en"], first.text["en"].replace(" ", " really ", 1), 1)
    found = guess(on_disk(tmp_path, "a.csv", changed.encode()), instrument=INSTRUMENT.id)
    assert 0.75 <= found.items[first.id].sure < 1


def test_answer_without_a_code_is_told_only_when_many_gave_it(tmp_path: Path) -> None:
    content = good_exports.google(INSTRUMENT, "en").decode()
    rows = content.splitlines()
    wrong = [row.replace('"never"', '"hardly"') for row in rows]
    wrong[1] = wrong[1].replace('"often"', f'"my friend {NAME}"')
    found = guess(on_disk(tmp_path, "a.csv", "\r\n".join(wrong).encode()), instrument=INSTRUMENT.id)
    text = writing.to_toml(found, title="x")
    assert '# "hardly" = ?  # which code?' in text
    assert found.rare >= 1
    assert NAME not in text


def test_pupil_s_name_as_a_class_is_no_class(tmp_path: Path) -> None:
    content = good_exports.google(INSTRUMENT).decode().splitlines()
    rows = [
        row.replace('"3A"', f'"{NAME} {n}"').replace('"3B"', f'"{NAME} {n}"') for n, row in enumerate(content)
    ]
    found = guess(on_disk(tmp_path, "a.csv", "\r\n".join(rows).encode()), instrument=INSTRUMENT.id)
    assert [column.why for column in found.columns if column.name == "Klas"] == ["too-many-units"]


def test_other_answers_count_as_none_where_the_study_file_says_so(tmp_path: Path) -> None:
    content = good_exports.google(INSTRUMENT, "en").decode()
    first = content.splitlines()[1]
    wrong = content.replace(first, first.replace('"often"', f'"my friend {NAME}"'), 1)
    path = on_disk(tmp_path, "a.csv", wrong.encode())
    text = writing.to_toml(guess(path, instrument=INSTRUMENT.id), title="x")
    with pytest.raises(StudyError, match="text in a column of numbers"):
        open_study(path, on_disk(tmp_path, "S.toml", text.encode()))
    text += "[missing]\nothers = true\n"
    study = open_study(path, on_disk(tmp_path, "S.toml", text.encode()))
    asked, counts = first.count('"often"'), [e.count for e in study.exclusions if e.what == "missing-code"]
    assert asked > 0
    assert sum(counts) == asked
    assert sum(int(np.isnan(values).sum()) for values in study.answers.values()) == asked


def test_file_that_asks_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no column asks a question of the catalogue"):
        guess(on_disk(tmp_path, "a.csv", b"colour;shape\nred;round\n"))


@given(st.text(max_size=80))
def test_any_name_of_a_column_can_be_read(name: str) -> None:
    assert tools.asked_in(name)[0] == name
    assert tools.why_left_out(name, pl.Series(["x"])) in ("", "person", "time", "tool")


@given(st.lists(st.text(max_size=20)))
def test_answers_either_have_a_code_or_are_told_apart(values: list[str]) -> None:
    form = INSTRUMENT.formats["how-often"]
    found, rest = matching.codes(form, values)
    assert set(found.values()) <= set(form.codes)
    assert set(rest) <= set(values)


def test_command_writes_what_report_reads(tmp_path: Path) -> None:
    name, content = good_exports.EXPORTS["qualtrics"]
    path, out = on_disk(tmp_path, name, content), tmp_path / "STUDY.toml"
    told = CliRunner().invoke(erbij, ["map", str(path), "--out", str(out), "--title", "Mei", "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["tool"] == "qualtrics"
    assert open_study(path, out).n == good_exports.PUPILS
    again = CliRunner().invoke(erbij, ["map", str(path), "--out", str(out)])
    assert isinstance(again.exception, StudyError)
    plain = CliRunner().invoke(erbij, ["map", str(path)])
    assert "may tell who somebody is" in plain.output
    assert NAME not in plain.output


@pytest.mark.parametrize(
    ("lines", "telling"),
    [
        ('[answers.no-such]\n"a" = 1\n', "no such format"),
        ('[answers.how-often]\n"a" = 77\n', "not a code of this format"),
        ('[answers.how-often]\n"a" = "1"\n', "not a code of this format"),
        ('[answers.how-often]\n"a" = true\n', "must be a code"),
        ("[file]\nskip = -1\n", "must be a whole number"),
    ],
)
def test_study_file_with_a_wrong_list_of_answers_is_refused(lines: str, telling: str, tmp_path: Path) -> None:
    path = on_disk(tmp_path, "a.csv", good_exports.kobo(INSTRUMENT))
    text = f'[study]\ntitle = "x"\ninstrument = "{INSTRUMENT.id}"\n'
    if "skip" in lines:
        text += lines
    else:
        text += '[file]\ndelimiter = ";"\n' + lines
    found = guess(path, instrument=INSTRUMENT.id)
    items = "".join(f'"{item}" = "{column.name}"\n' for item, column in found.items.items())
    with pytest.raises(StudyError, match=telling):
        open_study(path, on_disk(tmp_path, "S.toml", f"{text}\n[items]\n{items}".encode()))
