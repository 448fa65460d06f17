import json

import jsonschema
import msgspec
import polars as pl
import pytest

from erbij.errors import ReportError
from erbij.privacy import gate, release
from erbij.privacy.release import CELL_COLUMNS, FORMAT
from erbij.studies import safe_csv
from erbij.studies.safe_csv import write_whole


@pytest.fixture
def written(released, tmp_path):
    write_whole({tmp_path / name: content for name, content in release.files(released).items()})
    return tmp_path


def test_release_comes_back_as_it_was_written(released, written):
    back = release.read(written / "release.json")
    assert back.card == released.card
    assert back.cells.equals(released.cells)


def test_release_json_is_as_its_schema_says(written):
    jsonschema.validate(json.loads((written / "release.json").read_text("utf-8")), release.schema())


def test_cells_csv_holds_the_same_cells(released, written):
    found = pl.read_csv(written / "cells.csv", schema=CELL_COLUMNS)
    assert found.equals(released.cells)


def test_withheld_cell_has_an_empty_n_in_the_csv(written):
    found = pl.read_csv(written / "cells.csv", infer_schema=False)
    withheld = found.filter(pl.col("status") == "withheld")
    assert withheld.height > 0
    assert withheld["n"].is_null().all()
    assert withheld["value"].is_null().all()


def test_same_study_gives_the_same_bytes(make_study):
    scores = [10.0, 30.0, 60.0, 80.0] * 10
    first, second = (gate.release(make_study(scores, groups={"g": [0, 1] * 20}, count=2)) for _ in range(2))
    for name, content in release.files(first).items():
        assert b"".join(content) == b"".join(release.files(second)[name])


@pytest.mark.parametrize("at_once", [1, 7])
def test_pieces_are_the_whole_whatever_their_size(released, monkeypatch, at_once):
    whole = {name: b"".join(content) for name, content in release.files(released).items()}
    monkeypatch.setattr(release, "CELLS_AT_ONCE", at_once)
    monkeypatch.setattr(safe_csv, "ROWS_AT_ONCE", at_once)
    for name, content in release.files(released).items():
        pieces = list(content)
        assert len(pieces) > 5
        assert b"".join(pieces) == whole[name]


def test_unit_that_a_spreadsheet_would_run_is_told_as_text(released):
    risky = pl.col("unit").cast(pl.String).str.replace("^.*$", "=HYPERLINK(1)")
    cells = released.cells.with_columns(risky.cast(pl.Categorical))
    told = b"".join(release.files(release.Release(released.card, cells))["cells.csv"])
    assert b",'=HYPERLINK(1)," in told
    assert b",=HYPERLINK(1)," not in told


def test_json_holds_a_line_for_each_cell(released, written):
    lines = (written / "release.json").read_text("utf-8").splitlines()
    assert sum(line.startswith('  {"level"') for line in lines) == released.cells.height


def test_release_without_cells_comes_back(released):
    empty = release.Release(released.card, released.cells.clear())
    assert release.from_json(release.to_json(empty)).cells.equals(empty.cells)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"release"', b'{"format": "erbij-release/1"}', b"\xff\xfe\x00", b"null"],
    ids=repr,
)
def test_what_is_no_release_is_refused(tmp_path, content):
    path = tmp_path / "release.json"
    path.write_bytes(content)
    with pytest.raises(ReportError, match=r"release\.json"):
        release.read(path)


def _changed(written, change):
    content = json.loads((written / "release.json").read_text("utf-8"))
    change(content)
    (written / "release.json").write_text(json.dumps(content), "utf-8")
    return written / "release.json"


@pytest.mark.parametrize("value", ["twelve", 12.5, True])
def test_cell_with_another_type_is_refused(written, value):
    path = _changed(written, lambda content: content["cells"][0].update(n=value))
    with pytest.raises(ReportError, match="is not a release"):
        release.read(path)


def test_cell_without_a_status_is_refused(written):
    path = _changed(written, lambda content: content["cells"][0].pop("status"))
    with pytest.raises(ReportError, match="is not a release"):
        release.read(path)


def test_another_format_is_refused_and_names_ours(written):
    path = _changed(written, lambda content: content.update(format="erbij-release/2"))
    with pytest.raises(ReportError, match="another format") as caught:
        release.read(path)
    assert FORMAT in str(caught.value)


def test_release_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReportError):
        release.read(tmp_path / "release.json")


def test_schema_names_every_column_of_a_cell():
    text = msgspec.json.encode(release.schema()).decode()
    assert all(f'"{column}"' in text for column in CELL_COLUMNS)
