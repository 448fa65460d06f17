import polars as pl
import pytest

from erbij.errors import StudyError
from erbij.studies import parquet_rows


@pytest.mark.parametrize("name", ["rows.parquet", "r*w?s[1].parquet", "it's.parquet"])
def test_a_name_is_one_file_whatever_signs_it_has(name, tmp_path):
    pl.DataFrame({"x": [1, 2]}).write_parquet(tmp_path / name)
    pl.DataFrame({"x": [9]}).write_parquet(tmp_path / "rows1.parquet")
    with parquet_rows.rows(tmp_path / name) as table:
        assert table.columns == ["x"]
        assert table.fetchall() == [(1,), (2,)]


def test_nothing_is_kept_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pl.DataFrame({"x": range(1000)}).write_parquet("rows.parquet")
    with parquet_rows.rows(tmp_path / "rows.parquet") as table:
        assert table.aggregate("sum(x)").fetchall() == [(499500,)]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with (
        pytest.raises(StudyError, match=r"absent.parquet: no such file"),
        parquet_rows.rows(tmp_path / "absent.parquet"),
    ):
        pass


@pytest.mark.parametrize("content", [b"", b"not a table at all", b"PAR1 cut off PAR1"])
def test_a_file_that_is_no_parquet_is_named(content, tmp_path):
    path = tmp_path / "odd.parquet"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=r"odd.parquet: can't be read"), parquet_rows.rows(path) as table:
        table.fetchall()
