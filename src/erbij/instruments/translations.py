"""Further languages of an instrument: one file for each, `catalogue/LANGUAGE/INSTRUMENT.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from erbij.instruments.fields import Table
from erbij.instruments.reading import parsed
from erbij.instruments.schema import (
    AnswerFormat,
    Instrument,
    Item,
    Text,
    TranslationStatus,
)

LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Translation:
    """An instrument in one more language. `options[format][code]` with the code as text."""

    language: str
    status: TranslationStatus
    title: str
    options: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]
    whys: Mapping[str, str]


def with_languages(instrument: Instrument, catalogue: Path) -> Instrument:
    """The instrument with every language that the catalogue has a file for.

    Raises
    ------
    InstrumentError
        A file that does not say the same as the instrument: every item, option and reason, and no other.
    """
    folders = sorted(folder for folder in catalogue.iterdir() if LANGUAGE.fullmatch(folder.name))
    for file in (folder / f"{instrument.id}.toml" for folder in folders):
        if file.is_file():
            instrument = _with(instrument, read(file, instrument))
    return instrument


def read(path: Path, instrument: Instrument) -> Translation:
    """Read and check one translation of an instrument."""
    top = Table((f"{path.parent.name}/{path.name}",), "", parsed(path))
    top.check_keys(("language", "status", "title", "formats", "items"))
    if top.words("language") != path.parent.name:
        top.refuse("not the language of the folder", "language", found=top.values["language"])
    items, formats = top.table("items"), top.table("formats")
    items.check_keys(instrument.items)
    formats.check_keys(instrument.formats)
    return Translation(
        language=path.parent.name,
        status=cast(TranslationStatus, top.choice("status", get_args(TranslationStatus))),
        title=top.words("title"),
        options={name: _options(formats.table(name), form) for name, form in instrument.formats.items()},
        texts={name: _item(items.table(name), item).words("text") for name, item in instrument.items.items()},
        whys={name: items.table(name).words("why") for name, item in instrument.items.items() if item.why},
    )


def _options(table: Table, form: AnswerFormat) -> dict[str, str]:
    codes = [str(code) for code in form.codes]
    table.check_keys(codes)
    return {code: table.words(code) for code in codes}


def _item(table: Table, item: Item) -> Table:
    table.check_keys(("text", "why") if item.why else ("text",))
    return table


def _with(instrument: Instrument, words: Translation) -> Instrument:
    def also(text: Text, said: str) -> Text:
        return {**text, words.language: said}

    def item(old: Item) -> Item:
        why = also(old.why, words.whys[old.id]) if old.why else None
        return replace(old, text=also(old.text, words.texts[old.id]), why=why)

    def form(old: AnswerFormat) -> AnswerFormat:
        said = words.options[old.id]
        options = (replace(o, label=also(o.label, said[str(o.code)])) for o in old.options)
        return replace(old, options=tuple(options))

    return replace(
        instrument,
        title=also(instrument.title, words.title),
        formats={name: form(old) for name, old in instrument.formats.items()},
        items={name: item(old) for name, old in instrument.items.items()},
        translations={**instrument.translations, words.language: words.status},
    )
