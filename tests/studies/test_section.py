import pytest

from erbij.errors import StudyError
from erbij.instruments.fields import Table
from erbij.studies.section import LANGUAGES, Section


def section(values: dict[str, object]) -> Section:
    return Section(("STUDY.toml",), "missing", values, LANGUAGES)


def refused(ask) -> str:
    with pytest.raises(StudyError) as caught:
        ask()
    return str(caught.value)


def test_section_is_a_table_with_its_own_error_and_guide():
    assert issubclass(Section, Table)
    message = refused(lambda: section({}).check_keys(["codes"]))
    assert message == "STUDY.toml, missing.codes: missing key. docs/study-toml.md describes every key."


def test_inner_tables_of_a_section_are_sections():
    outer = section({"a": {}, "b": [{"codes": [1]}], "c": {"d": {}}})
    inner = [outer.table("a"), outer.table_if_any("x"), *outer.listed_tables("b")]
    inner += outer.named_tables("c").values()
    assert [type(s) for s in inner] == [Section] * 4
    assert [s.key for s in inner] == ["missing.a", "missing.x", "missing.b[1]", "missing.c.d"]
    assert inner[2].codes("codes") == (1,)


@pytest.mark.parametrize("value", [0, -1, 2.0, "3", True, None])
def test_count_refuses_what_is_no_whole_number_from_1(value):
    message = refused(lambda: section({"n": value}).count("n"))
    assert "missing.n: must be a whole number" in message
    assert "1 or more" in message


def test_codes_are_numbers_and_strings_and_none_where_absent():
    assert section({"codes": [1, 2.5, "NA"]}).codes("codes") == (1, 2.5, "NA")
    assert section({}).codes("codes") == ()


@pytest.mark.parametrize("code", [True, " ", 10**400, [1], {"a": 1}])
def test_codes_refuse_what_no_cell_can_hold(code):
    assert "missing.codes: not a code" in refused(lambda: section({"codes": [1, code]}).codes("codes"))


def test_text_in_an_unknown_language_names_those_that_are():
    message = refused(lambda: section({"label": {"de": "x"}}).text("label"))
    assert "missing.label.de: unknown key" in message
    assert "allowed: nl, en, fr" in message
