import gc
import hashlib
import time
import tracemalloc
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pyreadstat
import pytest
from polars.testing import assert_frame_equal

from erbij.errors import StudyError
from erbij.studies.files import EXTENSIONS, read_table


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path: Path, **options: object) -> str:
    with pytest.raises(StudyError) as caught:
        read_table(path, **options)
    return str(caught.value)


def workbook(path: Path, rows: list[list[object]], sheet: str = "answers") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_csv_gives_columns_types_and_the_hash_of_the_bytes(tmp_path):
    path = written(tmp_path / "a.csv", 'q1,name,q2\n1,"x, y",\n2,z,2.5\n')
    table = read_table(path)
    assert table.columns == ("q1", "name", "q2")
    assert table.frame.rows() == [(1, "x, y", None), (2, "z", 2.5)]
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert table.row(0) == 2


def test_csv_reads_only_the_columns_asked_in_the_order_of_the_file(tmp_path):
    path = written(tmp_path / "a.csv", "c,b,a\n1,2,3\n")
    table = read_table(path, columns=["a", "c"])
    assert table.frame.rows(named=True) == [{"c": 1, "a": 3}]
    assert table.columns == ("c", "b", "a")
    assert read_table(path, columns=lambda names: names[1:2]).frame.columns == ["b"]


def test_csv_keeps_leading_zeros_where_asked(tmp_path):
    path = written(tmp_path / "a.csv", "school,q\n007,1\n010,2\n")
    assert read_table(path, as_text=["school"]).frame["school"].to_list() == ["007", "010"]
    assert read_table(path, as_text=None).frame["q"].to_list() == ["1", "2"]
    assert read_table(path).frame["school"].to_list() == [7, 10]


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("q;naam\n1;é\n".encode("utf-8-sig"), {"delimiter": ";"}),
        ("q,naam\n1,é\n".encode("cp1252"), {"encoding": "cp1252"}),
        ("q,naam\r\n1,é\r\n".encode("utf-16"), {"encoding": "utf-16"}),
        ("q|naam\n1|é\n\n\n".encode(), {"delimiter": "|"}),
        (' q ,"naam"\n1,"é"'.encode(), {}),
    ],
)
def test_csv_reads_other_dialects_when_told(tmp_path, content, options):
    table = read_table(written(tmp_path / "a.csv", content), **options)
    assert table.frame.rows(named=True) == [{"q": 1, "naam": "é"}]


def test_tsv_reads_tabs(tmp_path):
    assert read_table(written(tmp_path / "a.tsv", "a\tb\n1\t2\n")).frame.rows() == [(1, 2)]


def test_csv_keeps_a_line_break_within_quotes_in_one_row(tmp_path):
    path = written(tmp_path / "a.csv", 'a,b\n"x\ny",1\nz,2\n')
    assert read_table(path).frame.rows() == [("x\ny", 1), ("z", 2)]


def test_csv_of_one_column_keeps_blank_lines_as_missing(tmp_path):
    table = read_table(written(tmp_path / "a.csv", "q\n1\n\n3\n"))
    assert table.column("q").to_list() == [1, None, 3]


@pytest.mark.parametrize("extension", [".xls", ".json", "", ".csv.gz"])
def test_unknown_extension_is_refused_with_those_that_are_known(tmp_path, extension):
    message = refused(written(tmp_path / f"answers{extension}", "a,b\n1,2\n"))
    assert "unknown kind of file" in message
    assert all(known in message for known in EXTENSIONS)


@pytest.mark.parametrize(
    ("content", "telling"),
    [
        ("", ["empty file"]),
        ("\n\n", ["row 1", "no column names"]),
        ("a,b\n", ["a header and no rows"]),
        ("a;b\n1;2\n", ["semicolon", "';'", 'delimiter = ";"', "[file]"]),
        ("a\tb\n1\t2\n", ["tab", 'delimiter = "\\t"']),
        ("a|b\n1|2\n", ["vertical bar", 'delimiter = "|"']),
        (b"a,b\n1,2\n3,\xe9\n", ["row 3", "byte 3 of the row", "0xe9", "utf-8", "cp1252"]),
        ("a,b\n1,2\n".encode("utf-16"), ["UTF-16", 'encoding = "utf-16"']),
        ("a,b\n1,2\n".encode("utf-16-le"), ["UTF-16"]),
        (b"a,b\n\x00\x01\n", ["not a file of text"]),
        ("a,b,a\n1,2,3\n", ["stands there 2 times", "columns 1 and 3", "'a'"]),
        ("a, a\n1,2\n", ["columns 1 and 2"]),
        ("a,,c\n1,2,3\n", ["column without a name", "column 2"]),
        ("a,b\n1,2\n3,4,5\n", ["row 3", "too many fields", "found 3", "2, as in the header"]),
        ("a,b\n1,2\n3\n", ["row 3", "too few fields", "found 1"]),
        ("a,b\n1,2\n\n3,4\n", ["row 3", "blank line"]),
        ('a,b\n1,"2\n3,4\n', ["row", "quotes"]),
        ("a,b\r1,2\r", ["row 1", "quotes"]),
    ],
)
def test_csv_that_is_wrong_says_where_and_what_to_do(tmp_path, content, telling):
    message = refused(written(tmp_path / "answers.csv", content))
    assert message.startswith("answers.csv")
    for words in telling:
        assert words in message


def test_csv_with_a_comma_says_so_when_another_delimiter_was_declared(tmp_path):
    message = refused(written(tmp_path / "a.csv", "a,b\n1,2\n"), delimiter=";")
    assert "comma" in message
    assert "allowed: semicolon" in message


@pytest.mark.parametrize(
    ("option", "value"), [("delimiter", ";;"), ("delimiter", '"'), ("encoding", "utf-9")]
)
def test_csv_options_that_make_no_sense_are_refused(tmp_path, option, value):
    assert repr(value) in refused(written(tmp_path / "a.csv", "a,b\n1,2\n"), **{option: value})


def test_csv_with_a_million_columns_is_refused_soon_and_with_little_memory(tmp_path):
    header = ",".join(f"c{i}" for i in range(1_000_000))
    path = written(tmp_path / "wide.csv", f"{header}\n{header}\n")
    del header
    gc.collect()
    tracemalloc.start()
    start = time.perf_counter()
    message = refused(path)
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too many columns" in message
    assert "found 1000000" in message
    assert seconds < 2
    assert peak < 50e6


def test_csv_with_an_endless_line_is_refused(tmp_path):
    message = refused(written(tmp_path / "a.csv", b"a,b\n" + b"1," * 2**23))
    assert "row 2" in message


def test_column_that_is_absent_is_named_with_those_that_look_like_it(tmp_path):
    path = written(tmp_path / "a.csv", "gender,grade,q1\n1,2,3\n")
    message = refused(path, columns=["Gendre", "q1"])
    assert "column named but absent" in message
    assert "'Gendre'" in message
    assert "allowed: gender, grade, q1" in message
    assert "Did you mean gender" in message


def test_workbook_gives_types_and_its_named_sheet(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["q1", "name"], [1, "x"], [None, "y"]], sheet="May")
    assert read_table(path, sheet="May").frame.rows() == [(1.0, "x"), (None, "y")]
    assert read_table(path).columns == ("q1", "name")
    message = refused(path, sheet="June")
    assert "allowed: May" in message


def test_workbook_reads_only_the_columns_asked(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a", "b", "c"], [1, 2, 3], [4, 5, 6]])
    assert read_table(path, columns=["c", "a"]).frame.rows(named=True) == [{"a": 1, "c": 3}, {"a": 4, "c": 6}]


@pytest.mark.parametrize(
    ("rows", "telling"),
    [
        ([["a", "b", "a"], [1, 2, 3]], "stands there 2 times"),
        ([["a", None, "c"], [1, 2, 3]], "column without a name"),
        ([["a", "b"]], "a header and no rows"),
        ([], "an empty sheet"),
    ],
)
def test_workbook_with_a_wrong_header_is_refused(tmp_path, rows, telling):
    assert telling in refused(workbook(tmp_path / "a.xlsx", rows))


def test_parquet_reads_only_the_columns_asked(tmp_path):
    pl.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, None]}).write_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet", columns=["c", "b"])
    assert table.frame.rows(named=True) == [{"b": "x", "c": 0.5}, {"b": None, "c": None}]
    assert table.columns == ("a", "b", "c")


def test_parquet_with_a_name_twice_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"aaxx": [1], "bbxx": [2]}).write_parquet(path)
    message = refused(written(path, path.read_bytes().replace(b"bbxx", b"aaxx")))
    assert "twice" in message
    assert "aaxx" in message


@pytest.mark.parametrize("cut", [slice(0, 0), slice(0, 3), slice(0, -20), slice(40, None), slice(0, 60)])
def test_parquet_that_was_cut_off_is_refused(tmp_path, cut):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": np.arange(500), "b": np.arange(500) / 7}).write_parquet(path)
    message = refused(written(path, path.read_bytes()[cut]))
    assert "Parquet file, or a damaged one" in message
    assert "export the file again" in message


def test_parquet_without_rows_is_refused(tmp_path):
    pl.DataFrame({"a": []}).write_parquet(tmp_path / "a.parquet")
    assert "a header and no rows" in refused(tmp_path / "a.parquet")


def test_file_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("erbij.studies.header.MOST_CELLS", 2000)
    pl.DataFrame({"a": [0] * 1001, "b": [0] * 1001}).write_parquet(tmp_path / "a.parquet")
    assert "1001 rows x 2 columns" in refused(tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet", columns=["a"]).frame.height == 1001


def test_spss_keeps_value_labels_and_drops_user_missing(tmp_path):
    frame = pl.DataFrame({"q1": [1.0, 9.0, None], "sex": [1.0, 2.0, 2.0]})
    labels = {"sex": {1: "girl", 2: "boy"}}
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, str(path), variable_value_labels=labels, missing_ranges={"q1": [9]})
    table = read_table(path, columns=["sex", "q1"])
    assert table.frame["q1"].to_list() == [1.0, None, None]
    assert table.labels["sex"] == {1.0: "girl", 2.0: "boy"}


def test_stata_keeps_value_labels(tmp_path):
    frame = pl.DataFrame({"sex": [1.0, 2.0]})
    pyreadstat.write_dta(frame, str(tmp_path / "a.dta"), variable_value_labels={"sex": {1: "girl", 2: "boy"}})
    table = read_table(tmp_path / "a.dta")
    assert_frame_equal(table.frame, frame)
    assert table.labels["sex"] == {1: "girl", 2: "boy"}


@pytest.mark.parametrize("extension", [".sav", ".dta", ".sas7bdat"])
@pytest.mark.parametrize("content", [b"", b"$FL2@(#) SPSS", b"hello" * 400])
def test_statistical_file_that_is_no_such_file_is_refused(tmp_path, extension, content):
    message = refused(written(tmp_path / f"a{extension}", content))
    assert f"not a {extension} file, or a damaged one" in message


def test_spss_that_was_cut_off_is_refused(tmp_path):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pl.DataFrame({"a": np.arange(900) / 7, "b": np.arange(900) / 3}), str(path))
    assert "damaged" in refused(written(path, path.read_bytes()[:-900]))


def test_directory_absent_file_and_device_are_refused(tmp_path):
    (tmp_path / "d.csv").mkdir()
    assert "a directory, not a file" in refused(tmp_path / "d.csv")
    assert "no such file" in refused(tmp_path / "none.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    assert "not a plain file" in refused(tmp_path / "zero.csv")


def test_file_that_may_not_be_opened_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path / "a.csv", "a,b\n1,2\n")

    # Root may read everything, so taking the rights away proves nothing there.
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert "can't be opened; found 'Permission denied'" in refused(path)
