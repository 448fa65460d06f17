"""The words of the pupil's page: one small JSON file per language, at the level of a child of eight.

Each file says its own name, its direction and whether a speaker has reviewed it. `adults/` holds what is said
otherwise to parents and staff, and whom they can call. Texts of questions live in the instruments; nothing
here may depend on Django.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from erbij.instruments.schema import Audience

_FOLDER = files("erbij.web.surveys.pupil_words")
_ADULTS = _FOLDER / "adults"
_ORDER = ("nl", "en", "fr", "de", "tr", "ar", "uk", "pl", "ro", "es")


def languages() -> tuple[str, ...]:
    """The languages of the pupil's page, in the order in which they are offered.

    >>> "ar" in languages()
    True
    """
    return _ORDER


@cache
def words(language: str, audience: Audience = "pupils") -> Mapping[str, str]:
    """All words of the page in one language.

    >>> words("ar")["direction"], words("en", "parents")["refused"]
    ('rtl', '{n} not accepted. Tell the school.')
    """
    found: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    otherwise = {} if audience == "pupils" else json.loads((_ADULTS / f"{language}.json").read_text("utf-8"))
    return {**found, **otherwise}


@cache
def helplines(country: str, audience: Audience = "pupils") -> tuple[Mapping[str, str], ...]:
    """Who can be called in a country (`BE`, `NL`); elsewhere the numbers of the whole of Europe.

    >>> [line["number"] for line in helplines("NL")], [line["number"] for line in helplines("NL", "staff")]
    (['0800 0432', '112'], ['0800 2000', '112'])
    """
    folder = _FOLDER if audience == "pupils" else _ADULTS
    lines = json.loads((folder / "helplines.json").read_text(encoding="utf-8"))
    found: list[dict[str, str]] = lines.get(country, lines["*"])
    return tuple(found)
