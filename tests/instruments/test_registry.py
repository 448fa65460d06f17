import pytest

from erbij.errors import InstrumentError
from erbij.instruments import registry


def test_ids_are_sorted_and_hold_the_keys():
    ids = registry.ids()
    assert list(ids) == sorted(ids)
    assert {"pssm", "pisa-2003-belonging", "pisa-2012-belonging", "pisa-2022-belonging"} <= set(ids)


def test_load_takes_a_file_of_ones_own(write_instrument):
    path = write_instrument()
    assert registry.load(path) == registry.load(str(path))
    assert registry.load(path).id == "small"


@pytest.mark.parametrize("wrong", ["pisa", "", "../catalogue/pssm", "PSSM"])
def test_load_names_the_known_ids(wrong):
    with pytest.raises(
        InstrumentError, match=r"unknown instrument; found .*; allowed: .*pisa-2003-belonging"
    ):
        registry.load(wrong)


@pytest.mark.parametrize(
    ("wrong", "meant"), [("PSSM", "pssm?"), ("pisa-2015-belongin", "pisa-2015-belonging or ")]
)
def test_load_names_the_id_that_was_meant(wrong, meant):
    with pytest.raises(InstrumentError) as refusal:
        registry.load(wrong)
    assert f"Did you mean {meant}" in str(refusal.value)
    assert str(refusal.value).endswith("docs/instruments.md shows how to write one.")


def test_load_refuses_an_absent_file(tmp_path):
    with pytest.raises(InstrumentError, match="can't be opened"):
        registry.load(tmp_path / "mine.toml")
