"""Every import with broken files: one clear message each, nothing about a pupil in it, nothing half taken.

A broken file may still be a good one: a flipped bit in a name that is let go changes nothing. Then what comes
out has to be whole. The quick set has 26 files of each kind; `make attack` takes 200.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import good_exports
import good_files
import pytest
from broken_files import broken
from click.testing import CliRunner

from erbij.cli.instrument import checked
from erbij.cli.main import erbij
from erbij.errors import ErbijError, InstrumentError, StudyError
from erbij.instruments import registry
from erbij.instruments.xlsform import sheets
from erbij.instruments.xlsform.reading import take
from erbij.studies import form_file
from erbij.studies.mapping import writing
from erbij.studies.mapping.guess import guess
from erbij.studies.rosters import door
from erbij.studies.rosters.found import LARGEST_CLASS, LONGEST_NAME, PROBLEMS, RosterError
from erbij.studies.study_file import read_study_file

MOST_WORDS = 2000
"""Signs: an error of an answer file names columns, but is never the file itself."""
QUICK, ALL = 26, 200


def one_message(error: ErbijError) -> None:
    text = str(error)
    assert 10 < len(text) < MOST_WORDS, text
    assert text.endswith("."), text
    # What a list of classes says of itself tells a reason and a row, and nothing of the file.
    assert not isinstance(error, RosterError) or any(said in text for said in PROBLEMS.values())


def take_roster(content: bytes, _folder: Path) -> None:
    try:
        roster = door.read(content)
    except RosterError as error:
        one_message(error)
        return
    assert all(1 <= each.size <= LARGEST_CLASS for each in roster.classes)
    assert all(0 < len(each.name) <= LONGEST_NAME and each.name.isprintable() for each in roster.classes)


def take_answers(name: str) -> Callable[[bytes, Path], None]:
    def take_them(content: bytes, folder: Path) -> None:
        path, out = folder / name, folder / "STUDY.toml"
        path.write_bytes(content)
        try:
            found = guess(path, instrument="erbij-pupils-10-12")
        except StudyError as error:
            one_message(error)
            return
        out.write_text(writing.to_toml(found, title="x"), "utf-8")
        assert read_study_file(out).instrument == "erbij-pupils-10-12"

    return take_them


def take_form(content: bytes, folder: Path) -> None:
    path = folder / "form.xlsx"
    path.write_bytes(content)
    try:
        instrument = checked(take(form_file.read(path), file=path.name))
    except (InstrumentError, StudyError) as error:
        one_message(error)
        return
    assert instrument.items


IMPORTS: dict[str, tuple[bytes, Callable[[bytes, Path], None]]] = {
    **{name: (content, take_roster) for name, content in good_files.ROSTERS.items()},
    **{tool: (content, take_answers(name)) for tool, (name, content) in good_exports.EXPORTS.items()},
    "xlsform": (sheets.to_xlsx(registry.load("erbij-pulse-8-9")), take_form),
}


def attack(name: str, folder: Path, *, count: int, seed: int) -> None:
    content, import_ = IMPORTS[name]
    for how, bent in broken(content, count=count, seed=seed):
        try:
            import_(bent, folder)
        except Exception as error:
            raise AssertionError(f"{name}, {how}: {type(error).__name__}: {error}") from error


@pytest.mark.parametrize("name", IMPORTS)
def test_good_file_is_taken(name: str, tmp_path: Path) -> None:
    content, import_ = IMPORTS[name]
    import_(content, tmp_path)


@pytest.mark.parametrize("name", [*good_files.ROSTERS, "google-forms", "xlsform"])
def test_broken_file_gets_one_message(name: str, tmp_path: Path) -> None:
    attack(name, tmp_path, count=QUICK, seed=8)


@pytest.mark.full
@pytest.mark.parametrize("name", IMPORTS)
def test_two_hundred_broken_files_get_one_message_each(name: str, tmp_path: Path) -> None:
    attack(name, tmp_path, count=ALL, seed=27)


@pytest.mark.full
@pytest.mark.parametrize("name", ["xlsform", "google-forms"])
def test_broken_file_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    content, _import = IMPORTS[name]
    for place, (how, bent) in enumerate(broken(content, count=26, seed=3)):
        path, out = tmp_path / ("in.xlsx" if name == "xlsform" else "in.csv"), tmp_path / f"out-{place}"
        path.write_bytes(bent)
        command: list[Any] = ["instrument", "from-xlsform"] if name == "xlsform" else ["map"]
        told = CliRunner().invoke(erbij, [*command, str(path), "--out", str(out)])
        assert out.exists() == (told.exit_code == 0), how
