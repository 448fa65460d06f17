"""The words of the interface: `python -m erbij.web.translations extract` after a change, `compile` by `make`.

Texts are English in code and templates; Dutch and French stand in locale/. The system needs no gettext.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, extract, mofile, pofile
from django.utils.translation.template import templatize

HERE = Path(__file__).parent
LANGUAGES = ("nl", "fr")
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
PUPIL = "pupil"  # the pupil's pages have ten languages and their own words


def texts() -> Iterator[str | tuple[str, ...]]:
    """Find every text that is shown: a string, or singular and plural."""
    templates = [path for kind in ("html", "txt") for path in (HERE / "templates").rglob(f"*.{kind}")]
    for path in sorted([*HERE.rglob("*.py"), *templates]):
        if "migrations" in path.parts or PUPIL in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        code = source if path.suffix == ".py" else templatize(source)
        for _line, text, _comments, _context in extract.extract(
            "python", BytesIO(code.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            yield text


def catalogue(language: str) -> Catalog:
    """Read the words of a language; empty where there are none yet."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def missing(language: str) -> list[str]:
    """Name the texts that have no translation."""
    words = catalogue(language)
    return sorted({_first(text) for text in texts() if not _is_translated(words, _first(text))})


def write_extracted() -> None:
    """Bring the files up to date: new texts are added empty, unused ones go, translations stay."""
    found = {_first(text): text for text in texts()}
    for language in LANGUAGES:
        old, new = catalogue(language), _empty(language)
        for key in sorted(found):
            known = old.get(key)
            new.add(found[key], known.string if known and known.string else None)
        _path(language).parent.mkdir(parents=True, exist_ok=True)
        with _path(language).open("wb") as file:
            pofile.write_po(file, new, width=110, no_location=True, omit_header=False)


def write_compiled() -> None:
    """Write the .mo files that Django reads; never committed, always built."""
    for language in LANGUAGES:
        with _path(language).with_suffix(".mo").open("wb") as file:
            mofile.write_mo(file, catalogue(language))


def _path(language: str) -> Path:
    return HERE / "locale" / language / "LC_MESSAGES" / "django.po"


def _empty(language: str) -> Catalog:
    # A fixed day: otherwise every extraction would change the header.
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Catalog(
        locale=language,
        project="Erbij",
        header_comment=f"# The words of the interface: {language}.",
        creation_date=day,
        revision_date=day,
        fuzzy=False,
    )


def _first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _is_translated(words: Catalog, key: str) -> bool:
    message = words.get(key)
    strings = message.string if message is not None else ""
    return all(strings) if isinstance(strings, tuple) else bool(strings)


if __name__ == "__main__":
    write_extracted() if sys.argv[1:] == ["extract"] else write_compiled()
