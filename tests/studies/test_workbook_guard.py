import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from erbij.errors import StudyError
from erbij.studies import workbook_guard

SHEET = "xl/worksheets/sheet1.xml"


def plain(path: Path, rows: int = 3) -> Path:
    book = openpyxl.Workbook()
    for i in range(rows):
        book.active.append([f"q{i}", i])
    book.save(path)
    return path


def with_sheet(path: Path, rows: str | bytes, name: str = SHEET) -> Path:
    """The same workbook with another sheet in it."""
    plain(path)
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    body = (
        rows if isinstance(rows, bytes) else f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (parts | {name: body}).items():
            archive.writestr(part, content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(StudyError) as caught:
        workbook_guard.check(path)
    assert str(caught.value).startswith(path.name)
    return str(caught.value)


def test_workbook_guard_lets_plain_workbooks_through(tmp_path):
    path = plain(tmp_path / "a.xlsx", rows=2000)
    before = path.read_bytes()
    workbook_guard.check(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "telling"),
    [
        (b"", "not a workbook"),
        (b"a;b\n1;2\n", "not a workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .xls or has a password"),
        (b"PK\x03\x04" + b"\0" * 50, "not a workbook"),
    ],
)
def test_workbook_guard_refuses_what_is_no_zip(tmp_path, content, telling):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    message = refused(path)
    assert telling in message
    assert "as .csv" in message


def test_workbook_guard_refuses_a_workbook_that_was_cut_off(tmp_path):
    path = plain(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert "damaged" in refused(path)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        "<c r='xfd1048576'><v>1</v></c>",
        '<!-- <c " --><c r="XFD1048576"><v>1</v></c>',
        '<row r="1">' + "<c><v>1</v></c>" * 60 + '</row><row r="1048576"><c><v>1</v></c></row>',
        '<c r="&#88;FD1048576"><v>1</v></c>',
    ],
)
def test_workbook_guard_refuses_a_cell_in_the_furthest_corner(tmp_path, cells):
    message = refused(with_sheet(tmp_path / "a.xlsx", cells))
    assert "too far down or to the right" in message
    assert "1048576 rows" in message


def test_workbook_guard_lets_an_empty_cell_in_the_corner_through(tmp_path):
    path = with_sheet(tmp_path / "a.xlsx", '<c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/>')
    assert workbook_guard.check(path) is None


def test_workbook_guard_refuses_a_part_that_packs_too_well(tmp_path):
    path = with_sheet(tmp_path / "a.xlsx", " " * 40_000_000)
    assert path.stat().st_size < 100_000
    assert "packed too well" in refused(path)


def test_workbook_guard_refuses_declared_sizes_that_sum_to_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_guard, "MOST_BYTES", 5000)
    assert "unpacks to too much" in refused(plain(tmp_path / "a.xlsx", rows=500))


def lying(path: Path, unpacked: bytes, told: int) -> Path:
    """A zip whose directory tells another size than its one part unpacks to."""
    path.write_bytes(b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, unpacked)
    raw = bytearray(path.read_bytes())
    true = struct.pack("<L", len(unpacked))
    path.write_bytes(bytes(raw).replace(true, struct.pack("<L", told)))
    return path


def test_workbook_guard_unpacks_for_itself_and_so_sees_sizes_that_lie(tmp_path, monkeypatch):
    body = b"<a>" + zlib.compress(b"x" * 1000).hex().encode() * 2000 + b"</a>"
    path = lying(tmp_path / "a.xlsx", body, told=100)
    assert "another size than it says" in refused(path)
    monkeypatch.setattr(workbook_guard, "MOST_BYTES", 20_000)
    assert "unpacks to too much" in refused(path)


def test_workbook_guard_stays_small_before_a_bomb_that_hides_its_size(tmp_path):
    path = lying(tmp_path / "a.xlsx", b"<a>" + b" " * 40_000_000 + b"</a>", told=1000)
    tracemalloc.start()
    start = time.perf_counter()
    message = refused(path)
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "packed too well" in message
    assert seconds < 2
    assert peak < 5e6


def test_workbook_guard_refuses_parts_that_overlap(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.xml", "b.xml"):
            archive.writestr(name, b"<a>" + name.encode() * 50 + b"</a>")
    raw = bytearray(buffer.getvalue())
    # The second entry of the directory points at the first part.
    second = raw.rfind(b"PK\x01\x02")
    raw[second + 42 : second + 46] = b"\0\0\0\0"
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(raw))
    assert "overlap" in refused(path)


def test_workbook_guard_refuses_a_sheet_under_another_name(tmp_path):
    rels = (
        b'<Relationships><Relationship Id="rId1" Type="http://x/relationships/worksheet" '
        b'Target="media/a.png"/></Relationships>'
    )
    path = with_sheet(tmp_path / "a.xlsx", rels, name="xl/_rels/workbook.xml.rels")
    assert "not in an .xml part" in refused(path)


@pytest.mark.parametrize(
    ("body", "telling"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b"<a><b></a>", "damaged"),
    ],
)
def test_workbook_guard_refuses_xml_that_no_workbook_has(tmp_path, body, telling):
    assert telling in refused(with_sheet(tmp_path / "a.xlsx", body))
