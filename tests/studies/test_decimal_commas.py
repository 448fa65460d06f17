import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import StudyError
from erbij.studies import opening, recode
from erbij.studies.files import read_table


def written(folder, values: list[str], *, name: str = "a.csv", sign: str = ";"):
    path = folder / name
    path.write_text("\n".join([f"w{sign}n", *(f'"{v}"{sign}x' for v in values)]) + "\n", encoding="utf-8")
    return path


def numbers(folder, values: list[str], **missing):
    return recode.numbers(read_table(written(folder, values), delimiter=";"), "w", **missing)


def refused(folder, values: list[str]) -> str:
    with pytest.raises(StudyError) as caught:
        numbers(folder, values)
    return str(caught.value)


def test_decimal_commas_are_numbers_where_the_delimiter_is_a_semicolon(tmp_path):
    values, gone = numbers(tmp_path, ["3,5", "4", "-0,25", ",5", "+1,5E-05", " 2,0 ", ""])
    np.testing.assert_array_equal(values, [3.5, 4, -0.25, 0.5, 1.5e-5, 2, np.nan])
    assert gone == 0


def test_decimal_commas_leave_missing_codes_and_full_stops_as_they_were(tmp_path):
    values, gone = numbers(tmp_path, ["3,5", "99", "99,0", "n.v.t."], missing=(99, "n.v.t."))
    np.testing.assert_array_equal(values, [3.5, np.nan, np.nan, np.nan])
    assert gone == 3
    np.testing.assert_array_equal(numbers(tmp_path, ["3.5", "4"])[0], [3.5, 4])


@given(values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_decimal_commas_give_the_numbers_that_full_stops_give(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("commas")
    texts = [repr(v).replace(".", ",") for v in values]
    assert numbers(folder, texts)[0].tolist() == values


@pytest.mark.parametrize("odd", ["1.234", "1.234,5", "3,5,6", "1.5"])
def test_full_stop_in_a_column_of_commas_is_refused(tmp_path, odd):
    message = refused(tmp_path, ["3,5", "4", odd])
    assert f"a.csv, row 4, column w: text in a column of numbers; found '{odd}'" in message
    assert "no sign for thousands" in message


@pytest.mark.parametrize("word", ["n.v.t.", "geen", "a, b"])
def test_word_in_a_column_of_commas_gets_the_advice_on_codes(tmp_path, word):
    message = refused(tmp_path, ["3,5", word])
    assert f"row 3, column w: text in a column of numbers; found '{word}'" in message
    assert "[missing] in STUDY.toml" in message


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.tsv", "\t"), ("a.csv", "|")])
def test_decimal_comma_with_another_delimiter_is_refused(tmp_path, name, sign):
    table = read_table(written(tmp_path, ["3,5"], name=name, sign=sign), delimiter=sign)
    with pytest.raises(StudyError, match=r"found '3,5'.*Write decimals with a full stop\."):
        recode.numbers(table, "w")


def test_study_with_decimal_commas_is_that_with_full_stops(tmp_path, pisa_frame, write_study):
    frame = pisa_frame.with_columns(means=pisa_frame["w"] - 2)
    ranges = 'groups = [{ id = "a", label = "a", up_to = 0 }, { id = "b", label = "b", from = 0.0000001 }]'
    weighted = f'[weights]\ncolumn = "w"\n[breakdowns.means]\ncolumn = "means"\nlabel = "means"\n{ranges}\n'
    (tmp_path / "stops.csv").write_text(frame.write_csv())
    (tmp_path / "commas.csv").write_text(frame.write_csv(separator=";", decimal_comma=True))
    stops = opening.open_study(tmp_path / "stops.csv", write_study(weighted))
    commas = opening.open_study(tmp_path / "commas.csv", write_study(weighted + '[file]\ndelimiter = ";"\n'))
    np.testing.assert_array_equal(commas.design.weights, stops.design.weights)
    np.testing.assert_array_equal(commas.breakdowns[0].codes, stops.breakdowns[0].codes)
    assert set(stops.breakdowns[0].codes.tolist()) == {0, 1}
    assert "," in (tmp_path / "commas.csv").read_text()
