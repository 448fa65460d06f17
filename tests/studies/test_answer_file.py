"""A file in memory is read as the same file on a disk."""

from pathlib import Path

import good_exports
import pytest

from erbij.errors import StudyError
from erbij.studies.answer_file import InMemory
from erbij.studies.files import read_table
from erbij.studies.mapping import writing
from erbij.studies.mapping.guess import guess
from erbij.studies.opening import open_study, study_of
from erbij.studies.study_file import parse


@pytest.mark.parametrize("tool", good_exports.EXPORTS)
def test_file_in_memory_says_what_the_file_on_a_disk_says(tool: str, tmp_path: Path) -> None:
    name, content = good_exports.EXPORTS[tool]
    path, toml = tmp_path / name, tmp_path / "STUDY.toml"
    path.write_bytes(content)
    kept = InMemory(name, content)
    on_disk, in_memory = (guess(each, instrument="erbij-pupils-10-12") for each in (path, kept))
    assert on_disk == in_memory
    text = writing.to_toml(on_disk, title="x")
    toml.write_text(text)
    study, same = open_study(path, toml), study_of(kept, parse(text))
    assert study.source == same.source
    assert {key: values.tolist() for key, values in study.answers.items()} == {
        key: values.tolist() for key, values in same.answers.items()
    }


def test_other_letters_and_delimiters_are_read_in_memory_too() -> None:
    content = "naam;vraag\né;1\n".encode("cp1252")
    table = read_table(InMemory("a.csv", content), delimiter=";", encoding="cp1252")
    assert table.frame.rows() == [("é", 1)]


@pytest.mark.parametrize("name", ["a.sav", "a.parquet", "a.pdf", "a"])
def test_file_that_needs_a_disk_is_refused(name: str) -> None:
    with pytest.raises(StudyError, match=r"unknown kind of file.*allowed: \.csv, \.tsv, \.xlsx"):
        read_table(InMemory(name, b"PAR1"))


def test_its_bytes_are_in_no_trace() -> None:
    assert "Zonnebloem" not in repr(InMemory("a.csv", b"Zonnebloem"))
