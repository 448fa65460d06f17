import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from erbij.errors import InstrumentError
from erbij.instruments import registry, translations
from erbij.instruments.reading import read

CATALOGUE = Path(str(files("erbij.instruments") / "catalogue"))
OWN = [name for name in registry.ids() if registry.load(name).status != "key-only"]
PUPILS = {"nl", "en", "fr", "de", "tr", "ar", "uk", "pl", "ro", "es"}


STAFF = {"nl", "en", "fr"}


@pytest.mark.parametrize("name", OWN)
def test_every_word_of_an_own_instrument_is_there_in_its_languages(name):
    instrument = registry.load(name)
    languages = STAFF if instrument.audience == "staff" else PUPILS
    assert set(instrument.translations) == languages
    texts = [item.text for item in instrument.items.values()]
    texts += [item.why for item in instrument.items.values() if item.why]
    texts += [option.label for form in instrument.formats.values() for option in form.options]
    assert all(set(text) >= languages and all(text.values()) for text in [instrument.title, *texts])


@pytest.fixture
def catalogue(tmp_path):
    """A catalogue of one instrument and its German."""
    (tmp_path / "de").mkdir()
    name = "erbij-pupils-8-9.toml"
    shutil.copy(CATALOGUE / name, tmp_path / name)
    shutil.copy(CATALOGUE / "de" / name, tmp_path / "de" / name)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('language = "de"', 'language = "fr"', "not the language of the folder"),
        ('status = "machine, not reviewed"', 'status = "checked"', "status.*allowed: reviewed"),
        ("[items.accepted-by-peers]", "[items.accepted-by-pears]", "accepted-by-pears: unknown key"),
        ("\n1 = ", "\n7 = ", "unknown key"),
        ("[formats.how-often]", "[formats.how-seldom]", "how-seldom: unknown key"),
    ],
)
def test_translation_that_says_something_else_is_refused(catalogue, old, new, message):
    file = catalogue / "de" / "erbij-pupils-8-9.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InstrumentError, match=message):
        translations.with_languages(read(catalogue / "erbij-pupils-8-9.toml"), catalogue)


def test_without_a_file_the_instrument_stays_as_it_is(catalogue):
    (catalogue / "de" / "erbij-pupils-8-9.toml").unlink()
    instrument = read(catalogue / "erbij-pupils-8-9.toml")
    assert translations.with_languages(instrument, catalogue) == instrument
