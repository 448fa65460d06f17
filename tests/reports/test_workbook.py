import io
from dataclasses import replace

import fastexcel
import openpyxl
import polars as pl
import pytest

from erbij.reports import workbook


@pytest.fixture(scope="module")
def release(make_release):
    made = make_release(hide=lambda key: key[0] == "discrimination")
    units = pl.when(pl.col("breakdown") == "gender").then(pl.lit("=1+1<&>")).otherwise("unit")
    return replace(made, cells=made.cells.with_columns(unit=units))


@pytest.fixture(scope="module")
def book(release):
    return openpyxl.load_workbook(io.BytesIO(workbook.write(release)))


def test_sheets_are_the_four(book):
    assert book.sheetnames == ["read me", "cells", "exclusions", "codebook"]


def test_cells_come_back_as_they_were_released(book, release):
    head, *rows = book["cells"].iter_rows(values_only=True)
    assert list(head) == release.cells.columns
    # A workbook holds sixteen digits, and a released number has far fewer.
    assert [as_told(row) for row in rows] == [as_told(row) for row in release.cells.iter_rows()]


def as_told(row):
    return tuple(round(each, 9) if isinstance(each, float) else each for each in row)


def test_another_reader_finds_the_same(release):
    read = fastexcel.read_excel(workbook.write(release)).load_sheet("cells").to_polars()
    assert read.columns == release.cells.columns
    assert as_told(read["value"].cast(pl.Float64)) == as_told(release.cells["value"])


def test_nothing_is_a_formula(book):
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "=1+1<&>" in {cell.value for cell in book["cells"]["B"]}
    assert kinds <= {"n", "s", "inlineStr"}


def test_withheld_cells_hold_no_number(book):
    rows = [row for row in book["cells"].iter_rows(values_only=True) if row[9] == "withheld"]
    assert rows
    assert all(row[5:9] == (None,) * 4 for row in rows)


def test_codebook_names_every_scale_and_group(book, release):
    named = {(row[0], row[1]) for row in book["codebook"].iter_rows(min_row=2, values_only=True)}
    scales = {("scale", scale.id) for scale in release.card.scales}
    groups = {("group", group.id) for card in release.card.breakdowns for group in card.groups}
    assert named == scales | groups | {("breakdown", card.id) for card in release.card.breakdowns}


def test_same_release_gives_the_same_bytes(release):
    assert workbook.write(release) == workbook.write(release)


def test_sign_that_xml_does_not_know_breaks_nothing(release):
    card = replace(release.card, title={"nl": "a\x00b\x0bc"})
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(replace(release, card=card))))
    assert book["read me"]["B2"].value == "abc"
