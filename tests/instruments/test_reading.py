import re

import pytest

from erbij.errors import InstrumentError
from erbij.instruments.reading import read
from erbij.instruments.schema import Scale

KEY_ONLY = """
id = "key"
version = "1"
status = "key-only"
source = "Someone"
licence = "Facts only"
ages = "12+"
main_scale = "unfair"
title = { nl = "Sleutel", en = "Key", fr = "Clé" }
[formats.f]
type = "rating"
options = [{ code = 0 }, { code = 2 }]
[scales.unfair]
kind = "discrimination"
high_is_good = false
label = { nl = "oneerlijk", en = "unfair", fr = "injuste" }
[[items]]
id = "Q1"
scale = "unfair"
source = "teachers"
format = "f"
"""

WRONG = {
    "unknown-key": ('ages = "10-12"', 'ages = "10-12"\ncolour = 1', "small.toml, colour: unknown key"),
    "missing-key": ('ages = "10-12"', "", "small.toml, ages: missing key"),
    "wrong-type": ('version = "1"', "version = 1", "version: must be a string that is not empty; found 1"),
    "empty-string": ('licence = "EUPL-1.2"', 'licence = " "', "licence: must be a string"),
    "id-not-file-name": (
        'id = "small"',
        'id = "large"',
        "id: the id is not the name of the file; found 'large'",
    ),
    "status": ('"not-validated"', '"perfect"', "allowed: validated, not-validated, key-only"),
    "ages": ('"10-12"', '"ten"', "ages: not an age range; found 'ten'; allowed: 10-12, 18+"),
    "audience": (
        'ages = "10-12"',
        'ages = "10-12"\naudience = "teachers"',
        "audience: not a value of this key; found 'teachers'; allowed: pupils, parents, staff",
    ),
    "main-scale": ('main_scale = "belonging"', 'main_scale = "x"', "allowed: belonging, open-door"),
    "min-share-zero": ('ages = "10-12"', 'ages = "10-12"\nmin_share_answered = 0', "above 0, up to 1"),
    "min-share-true": ('ages = "10-12"', 'ages = "10-12"\nmin_share_answered = true', "min_share_answered"),
    "no-translations": (
        '[translations]\nnl = "reviewed"\nen = "machine, not reviewed"',
        "",
        "translations: names no language",
    ),
    "translation-status": ('nl = "reviewed"', 'nl = "good"', "translations.nl: not a value"),
    "language-code": ('nl = "reviewed"', 'Dutch = "reviewed"', "not a language code; found 'Dutch'"),
    "title-language-missing": (
        'title = { nl = "Klein", en = "Small" }',
        'title = { nl = "K" }',
        "title.en: missing",
    ),
    "title-language-extra": ('en = "Small"', 'en = "Small", fr = "Petit"', "title.fr: unknown key"),
    "title-not-table": ('{ nl = "Klein", en = "Small" }', '"Klein"', "title: must be a table; found 'Klein'"),
    "format-type": ('type = "rating"', 'type = "likert"', "formats.how-often.type: not a value"),
    "missing-codes-words": ("missing_codes = [9]", 'missing_codes = ["9"]', "list of whole numbers"),
    "missing-code-is-option": (
        "missing_codes = [9]",
        "missing_codes = [3]",
        "stand for no answer; found ['3']",
    ),
    "uneven-codes": ("code = 3", "code = 4", "evenly spaced, lowest first; found (1, 2, 4)"),
    "falling-codes": ("code = 1", "code = 5", "formats.how-often.options: the codes of a rating"),
    "word-in-rating": ("code = 3", 'code = "often"', "must be whole numbers"),
    "fraction-code": ("code = 3", "code = 2.5", "formats.how-often.options[3].code: not a code; found 2.5"),
    "true-code": ("code = 3", "code = true", "options[3].code: not a code; found True"),
    "full-stop-code": ('code = "girl"', 'code = "a.b"', "options[1].code: not a code"),
    "double-code": ('code = "boy"', 'code = "girl"', "formats.who.options: a code stands twice"),
    "one-option": (
        ', { code = "boy", nl = "jongen", en = "boy" }',
        "",
        "formats.who.options: needs two options",
    ),
    "option-label-missing": ('nl = "soms", en = "sometimes"', 'nl = "soms"', "options[2].en: missing key"),
    "scale-kind": ('kind = "opportunity"', 'kind = "chance"', "scales.open-door.kind: not a value"),
    "scale-line": ("line = 40", "line = 101", "line: must be a number; found 101"),
    "scale-line-nan": ("line = 40", "line = nan", "line: must be a number"),
    "scale-line-word": ("line = 40", 'line = "40"', "line: must be a number; found '40'"),
    "lever-unknown": ('"welcome"', '"luck"', "allowed: teams, curriculum, welcome, environment, co-creation"),
    "lever-missing": (
        'opportunity = "welcome"',
        "",
        "scales.open-door.opportunity: belongs to a scale of kind",
    ),
    "domain-elsewhere": (
        "line = 40",
        'domain = "social"',
        "scales.belonging.domain: belongs to a scale of kind",
    ),
    "scale-without-items": (
        'scale = "open-door"\n',
        'scale = "belonging"\n',
        "open-door: a scale without items",
    ),
    "scale-kept-name": ("[scales.open-door]", "[scales.source-peers]", "unknown scale; found 'open-door'"),
    "item-id-twice": ('id = "alone"', 'id = "peers"', "items[2].id: the id stands twice; found 'peers'"),
    "item-id-odd": ('id = "alone"', 'id = "al.one"', "items[2].id: not an id"),
    "item-facet": ('"inclusion"', '"fun"', "small.toml, item alone, items[2].facet: not a value of this key"),
    "item-unknown-key": ("reversed = true", "reverse = true", "item alone, items[2].reverse: unknown key"),
    "item-reversed-word": ("reversed = true", 'reversed = "yes"', "allowed: true, false"),
    "item-format": ('format = "who"', 'format = "when"', "item gender, items[4].format: not a value"),
    "item-scale": (
        'scale = "open-door"\n',
        'scale = "door"\n',
        "item greeted, items[3].scale: unknown scale",
    ),
    "item-scale-not-rating": (
        'id = "gender"',
        'id = "gender"\nscale = "open-door"',
        "needs a rating; found 'who'",
    ),
    "item-text-missing": (
        'text = { nl = "Ben je alleen?", en = "Are you alone?" }',
        "",
        "items[2].text: missing",
    ),
    "item-text-language": (', en = "Are you alone?"', "", "item alone, items[2].text.en: missing key"),
    "item-text-empty": ('"Are you alone?"', '""', "items[2].text.en: must be a string"),
    "background-without-why": (
        'why = { nl = "Om te zien of het gelijk is.", en = "To see whether it is equal." }',
        "",
        "item gender, items[4].why: missing key",
    ),
    "special-without-why": (
        "reversed = true",
        "special_category = true",
        "item alone, items[2].why: missing key",
    ),
    "not-toml": ("[formats.who]", "[formats.who", "small.toml: not TOML"),
    "format-twice": ("[formats.who]", "[formats.how-often]", "small.toml: not TOML"),
}


def test_read_keeps_every_key(write_instrument):
    instrument = read(write_instrument(("line = 40", "line = 40\nhigh_is_good = true")))
    assert (instrument.id, instrument.version, instrument.status) == ("small", "1", "not-validated")
    assert instrument.title == {"nl": "Klein", "en": "Small"}
    assert instrument.translations == {"nl": "reviewed", "en": "machine, not reviewed"}
    assert instrument.formats["how-often"].codes == (1, 2, 3)
    assert instrument.formats["how-often"].missing_codes == (9,)
    assert instrument.formats["who"].options[1].label == {"nl": "jongen", "en": "boy"}
    assert list(instrument.items) == ["peers", "alone", "greeted", "gender"]
    assert [item.reversed for item in instrument.items.values()] == [False, True, False, False]
    assert instrument.items["gender"].why == {
        "nl": "Om te zien of het gelijk is.",
        "en": "To see whether it is equal.",
    }
    assert instrument.scales["open-door"].opportunity == "welcome"
    assert instrument.min_share_answered == 0.8


def test_read_makes_parts_of_the_main_scale_only(write_instrument):
    scales = read(write_instrument()).scales
    assert list(scales) == [
        "belonging",
        "open-door",
        "facet-acceptance",
        "facet-inclusion",
        "source-peers",
        "context-class",
    ]
    assert scales["source-peers"] == Scale(
        "source-peers", "belonging", {}, ("peers", "alone"), line=40.0, part="source"
    )
    assert scales["belonging"].part is None


def test_read_takes_a_file_with_a_byte_order_mark(write_instrument, small_text):
    path = write_instrument()
    path.write_bytes(b"\xef\xbb\xbf" + small_text.strip().encode())
    assert read(path).id == "small"


@pytest.mark.parametrize(("key", "audience"), [("", "pupils"), ('audience = "staff"', "staff")])
def test_read_knows_who_answers(write_instrument, key, audience):
    path = write_instrument(('ages = "10-12"', f'ages = "10-12"\n{key}'))
    assert read(path).audience == audience


def test_read_takes_one_language(write_instrument, small_text):
    path = write_instrument()
    in_dutch = re.sub(r', en = "[^"]*"', "", small_text).replace('en = "machine, not reviewed"', "")
    path.write_text(in_dutch, encoding="utf-8")
    assert read(path).items["alone"].text == {"nl": "Ben je alleen?"}


@pytest.mark.parametrize(("old", "new", "message"), WRONG.values(), ids=WRONG)
def test_read_refuses(write_instrument, old, new, message):
    with pytest.raises(InstrumentError) as refusal:
        read(write_instrument((old, new)))
    assert message in str(refusal.value)
    assert str(refusal.value).startswith("small.toml")


def test_read_refuses_a_scale_with_the_name_of_a_part(write_instrument):
    path = write_instrument(
        ("[scales.open-door]", "[scales.source-peers]"), ('scale = "open-door"', 'scale = "source-peers"')
    )
    with pytest.raises(InstrumentError, match=r"scales\.source-peers: this id is kept"):
        read(path)


def test_read_refuses_an_absent_file(tmp_path):
    with pytest.raises(InstrumentError, match=r"none\.toml: can't be opened"):
        read(tmp_path / "none.toml")


def test_read_refuses_latin_1(write_instrument, small_text):
    path = write_instrument()
    path.write_bytes(small_text.replace("Klein", "Kleín").encode("latin-1"))
    with pytest.raises(InstrumentError, match="is not UTF-8"):
        read(path)


def test_read_refuses_an_empty_file(tmp_path):
    path = tmp_path / "small.toml"
    path.touch()
    with pytest.raises(InstrumentError, match="id: missing key"):
        read(path)


def test_read_takes_a_key_without_words(tmp_path):
    path = tmp_path / "key.toml"
    path.write_text(KEY_ONLY, encoding="utf-8")
    instrument = read(path)
    assert instrument.items["Q1"].text == {}
    assert instrument.formats["f"].codes == (0, 2)
    assert instrument.translations == {}
    assert instrument.scales["source-teachers"].high_is_good is False


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'format = "f"',
            'format = "f"\ntext = { nl = "a", en = "b", fr = "c" }',
            "item Q1, items[1].text: a key-only",
        ),
        (
            "{ code = 0 }",
            '{ code = 0, nl = "nee" }',
            "formats.f.options[1]: a key-only instrument has no labels",
        ),
        (
            "[formats.f]",
            '[translations]\nnl = "reviewed"\n[formats.f]',
            "a key-only instrument has no translations",
        ),
        (', fr = "Clé"', "", "title.fr: missing key"),
    ],
)
def test_read_refuses_words_in_a_key(tmp_path, old, new, message):
    path = tmp_path / "key.toml"
    path.write_text(KEY_ONLY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InstrumentError) as refusal:
        read(path)
    assert message in str(refusal.value)
