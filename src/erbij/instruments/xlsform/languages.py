"""Names of languages as XLSForm writes them: `label::Nederlands (nl)`."""

import re

NAMES = {
    "nl": "Nederlands",
    "en": "English",
    "fr": "Français",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "pl": "Polski",
    "ro": "Română",
    "tr": "Türkçe",
    "uk": "Українська",
}
_CODES = {name.casefold(): code for code, name in NAMES.items()} | {
    "dutch": "nl",
    "french": "fr",
    "arabic": "ar",
    "german": "de",
    "spanish": "es",
    "polish": "pl",
    "romanian": "ro",
    "turkish": "tr",
    "ukrainian": "uk",
}


def column(kind: str, language: str) -> str:
    """The column of `label` or `hint` in a language.

    >>> column("label", "nl")
    'label::Nederlands (nl)'
    """
    return f"{kind}::{NAMES.get(language, language)} ({language})"


def code_of(column_name: str, otherwise: str) -> str:
    """The language of a column; without one that of the form.

    >>> code_of("label::Français (fr)", "en"), code_of("label::Dutch", "en"), code_of("label", "en")
    ('fr', 'nl', 'en')
    """
    name = column_name.partition("::")[2].strip() or otherwise
    if (code := re.search(r"\(([a-z]{2,3}(?:-[A-Z]{2})?)\)\s*$", name)) is not None:
        return code[1]
    return _CODES.get(name.casefold(), name)
