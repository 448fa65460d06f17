import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from pyxform import xls2xform

from erbij.cli.instrument import checked
from erbij.cli.main import erbij
from erbij.errors import InstrumentError, StudyError
from erbij.instruments import registry
from erbij.instruments.xlsform import sheets
from erbij.instruments.xlsform.reading import UNREVIEWED, take
from erbij.studies import form_file


@pytest.mark.parametrize("id_", registry.ids())
def test_instrument_comes_back_as_it_was_but_not_reviewed(id_: str, tmp_path: Path) -> None:
    instrument = registry.load(id_)
    path = tmp_path / "form.xlsx"
    path.write_bytes(sheets.to_xlsx(instrument))
    back = checked(take(form_file.read(path), file=path.name))
    unreviewed = dict.fromkeys(sorted(instrument.translations), UNREVIEWED)
    assert dict(sorted(back.translations.items())) == unreviewed
    # The title in further languages is one of Erbij's own files; the form carries it whole.
    assert replace(back, translations={}) == replace(instrument, translations={})


@pytest.mark.parametrize("id_", ["erbij-pupils-10-12", "erbij-pulse-8-9", "pssm"])
def test_pyxform_takes_the_form(id_: str) -> None:
    warnings: list[str] = []
    content = io.BytesIO(sheets.to_xlsx(registry.load(id_)))
    form = xls2xform.convert(content, warnings=warnings, file_type=".xlsx")
    instrument = registry.load(id_)
    assert all(f"/{item}/label" in form.xform or f"/{item}" in form.xform for item in instrument.items)
    assert [one for one in warnings if "label" in one] == []


def book(**rows: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in rows.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


OWN: dict[str, list[list[Any]]] = {
    "survey": [
        ["type", "name", "label::English (en)", "label::Dutch", "hint::English (en)"],
        ["start", "start", None, None, None],
        ["begin group", "part", "Part", "Deel", None],
        ["select_one often", "belong", "I belong here", "Ik hoor erbij", None],
        ["select_one often", "liked", "I am liked", "Ik word gewaardeerd", None],
        ["select_one who", "gender", "Are you", "Ben je", "To see whether all belong"],
        ["text", "remark", "Say more", "Zeg meer", None],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Dutch"],
        ["often", 3, "often", "vaak"],
        ["often", 1, "never", "nooit"],
        ["often", 2, "sometimes", "soms"],
        ["who", "girl", "a girl", "een meisje"],
        ["who", "boy", "a boy", "een jongen"],
    ],
}


def test_form_of_somebody_else_becomes_an_instrument_to_complete(tmp_path: Path) -> None:
    path, out = tmp_path / "our form.xlsx", tmp_path / "out"
    path.write_bytes(book(**OWN))
    told = CliRunner().invoke(erbij, ["instrument", "from-xlsform", str(path), "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "left out, nothing to choose from: start, part, remark" in told.stderr
    made = registry.load(out / "our-form.toml")
    assert made.scales["belonging"].items == ("belong", "liked")
    assert [option.code for option in made.formats["often"].options] == [1, 2, 3]
    assert made.items["gender"].why == {"en": "To see whether all belong", "nl": "To see whether all belong"}
    assert (made.status, made.licence, set(made.translations.values())) == (
        "not-validated",
        "?",
        {UNREVIEWED},
    )


@pytest.mark.parametrize(
    ("changes", "telling"),
    [
        ({"choices": [["list_name", "name"], ["other", 1]]}, "no such list of choices"),
        ({"survey": [["type", "name"], ["text", "remark"]]}, "asks nothing to choose from"),
        ({"survey": [["type", "name", "label"], ["select_one often", "a b", "Well?"]]}, "items[1]"),
        ({"survey": [["type", "name"], ["select_one often", "a"]]}, "a question without words"),
        ({"choices": [["name"], [1]]}, "no such list of choices"),
    ],
)
def test_form_that_makes_no_instrument_writes_nothing(changes: Any, telling: str, tmp_path: Path) -> None:
    path, out = tmp_path / "form.xlsx", tmp_path / "out"
    path.write_bytes(book(**(OWN | changes)))
    told = CliRunner().invoke(erbij, ["instrument", "from-xlsform", str(path), "--out", str(out)])
    assert isinstance(told.exception, InstrumentError)
    assert telling in str(told.exception)
    assert not out.exists()


def test_workbook_that_is_no_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(answers=[["a"], [1]]))
    with pytest.raises(InstrumentError, match="not an XLSForm"):
        take(form_file.read(path), file=path.name)
    path.write_bytes(b"no zip")
    with pytest.raises(StudyError, match="not a workbook"):
        form_file.read(path)


def test_command_writes_a_form_once(tmp_path: Path) -> None:
    out = tmp_path / "f.xlsx"
    arguments = ["instrument", "to-xlsform", "erbij-pulse-8-9", "--out", str(out)]
    assert CliRunner().invoke(erbij, arguments).exit_code == 0
    assert set(form_file.read(out)) == {*form_file.SHEETS}
    assert isinstance(CliRunner().invoke(erbij, arguments).exception, InstrumentError)
