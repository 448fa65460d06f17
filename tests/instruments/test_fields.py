import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erbij.errors import InstrumentError, did_you_mean
from erbij.instruments.fields import Table, is_number


def table(values: dict[str, object]) -> Table:
    return Table(("a.toml",), "formats.f", values, ("nl", "en"))


def refused(ask) -> str:
    with pytest.raises(InstrumentError) as caught:
        ask()
    return str(caught.value)


def test_refusal_names_file_item_and_key():
    inner = table({}).within("item peers")
    assert (
        refused(lambda: inner.refuse("is wrong", "text")) == "a.toml, item peers, formats.f.text: is wrong."
    )
    top = Table(("a.toml",), "", {})
    assert refused(lambda: top.refuse("is wrong")) == "a.toml: is wrong."


def test_unknown_key_gets_the_one_that_was_meant_and_else_the_guide():
    message = refused(lambda: table({"tipe": 1}).check_keys(["type"], ["options"]))
    assert message == (
        "a.toml, formats.f.tipe: unknown key; found 'tipe'; allowed: type, options. Did you mean type?"
    )
    message = refused(lambda: table({"colour": 1}).check_keys(["type"]))
    assert message.endswith("docs/instruments.md shows the layout.")


def test_missing_key_gets_the_guide():
    message = refused(lambda: table({}).check_keys(["type"]))
    assert message == "a.toml, formats.f.type: missing key. docs/instruments.md shows the layout."


def test_listed_tables_are_counted_from_1():
    listed = table({"options": [{"code": 1}, {"code": 2}]}).listed_tables("options")
    assert [inner.key for inner in listed] == ["formats.f.options[1]", "formats.f.options[2]"]
    assert [inner.languages for inner in listed] == [("nl", "en")] * 2
    message = refused(lambda: table({"options": [{}, 3]}).listed_tables("options"))
    assert message == "a.toml, formats.f.options[2]: must be a table; found 3."


@pytest.mark.parametrize("value", [[], {}, "x", None])
def test_listed_tables_refuses_what_is_no_list_of_tables(value):
    message = refused(lambda: table({"options": value}).listed_tables("options"))
    assert "formats.f.options: must be a list of tables" in message


def test_named_tables_keep_their_order_and_refuse_odd_names():
    assert list(table({"s": {"b": {}, "a": {}}}).named_tables("s")) == ["b", "a"]
    assert "formats.f.s: holds nothing" in refused(lambda: table({"s": {}}).named_tables("s"))
    assert "formats.f.s.a b: not an id" in refused(lambda: table({"s": {"a b": {}}}).named_tables("s"))


def test_table_if_any_is_empty_where_the_key_is_absent():
    absent = table({}).table_if_any("why")
    assert (absent.key, absent.values) == ("formats.f.why", {})
    assert table({"why": {"nl": "x"}}).table_if_any("why").values == {"nl": "x"}
    assert "must be a table; found 3" in refused(lambda: table({"why": 3}).table_if_any("why"))


@pytest.mark.parametrize("value", [True, "3", None, math.nan, math.inf, -math.inf, 10**400, [1]])
def test_number_refuses_what_does_not_count(value):
    assert not is_number(value)
    assert "a finite number" in refused(lambda: table({"n": value}).number("n"))


@given(value=st.one_of(st.integers(-(10**6), 10**6), st.floats(allow_nan=False, allow_infinity=False)))
def test_number_is_in_its_range_or_refused(value):
    asked = table({"n": value})
    assert asked.number("n") == value
    if 0 < value <= 100:
        assert asked.number("n", above=0.0, up_to=100.0) == value
    else:
        assert "above 0, up to 100" in refused(lambda: asked.number("n", above=0.0, up_to=100.0))


def test_number_that_is_absent_is_its_default():
    assert table({}).number("n", default=0.8, above=0.0, up_to=1.0) == 0.8


def test_words_if_any_is_none_where_the_key_is_absent():
    assert table({}).words_if_any("n") is None
    assert table({"n": "x"}).words_if_any("n") == "x"
    assert "not empty" in refused(lambda: table({"n": " "}).words_if_any("n"))


@given(name=st.one_of(st.text("aZ09-_", max_size=5), st.text("a-. é\n/²", max_size=3)))
def test_id_is_taken_or_refused_with_what_is_allowed(name):
    if name.strip("-_") and name[0].isalnum() and set(name) <= set("aZ09-_"):
        assert table({"id": name}).an_id("id") == name
    else:
        assert "letters, digits, - and _" in refused(lambda: table({}).check_id(name, "id"))


def test_id_has_at_most_64_signs():
    assert table({"id": "a" * 64}).an_id("id") == "a" * 64
    assert "formats.f.id: not an id" in refused(lambda: table({"id": "a" * 65}).an_id("id"))


@pytest.mark.parametrize(
    ("found", "known", "advice"),
    [
        ("Gender", ["gender"], "Did you mean gender?"),
        ("gendre", ["school", "GENDER"], "Did you mean GENDER?"),
        ("colour", ["gender"], ""),
        ("q", [], ""),
        ("q1", ["q11", "q12", "q13", "q14", "x"], 3),
    ],
)
def test_did_you_mean_names_at_most_three(found, known, advice):
    told = did_you_mean(found, known)
    assert told == advice if isinstance(advice, str) else told.count("q1") == advice
