import re

import pytest

from erbij.web import translations

HELD = re.compile(r"%\(\w+\)s|%[sd]|<[^>]+>")


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert translations.missing(language) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_translation_keeps_what_is_filled_in(language: str) -> None:
    wrong = [
        message.id
        for message in translations.catalogue(language)
        if message.id
        for source, said in _pairs(message)
        if sorted(HELD.findall(source)) != sorted(HELD.findall(said))
    ]
    assert wrong == []


def _pairs(message: object) -> list[tuple[str, str]]:
    source, said = message.id, message.string  # type: ignore[attr-defined]
    return list(zip(source, said, strict=True)) if isinstance(source, tuple) else [(source, said)]


def test_french_says_vous_to_the_team() -> None:
    said = " ".join(str(message.string) for message in translations.catalogue("fr"))
    assert len(re.findall(r"\b[Vv]ous\b|\b[Vv]otre\b", said)) > 10
