"""Whether words read easily: those of reports for a teacher, those of pupils easier still.

Formulas, sources, thresholds and what they cannot see: docs/readability.md. Syllables are
counted as groups of vowels: right for most words, off by one for others, which evens out over a passage.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from itertools import groupby

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

LANGUAGES = ("nl", "en", "fr")
TEACHERS, PUPILS, HARDEST = 60.0, 80.0, 30.0
"""A passage for teachers, one for pupils, and any single message: at least so easy, from 0 to about 100."""
ENOUGH, PASSAGE = 12, 40
"""Words of a message, and of a passage, before its score says anything."""
LONGEST = {"teachers": 30, "pupils": 22}
"""Words of a sentence; a number is one."""

VOWELS = {
    "nl": r"aai|ooi|oei|eeu|ieu|éé|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ou|au|[aeiouyáéèêëíïóôöúü]",
    "en": r"[aeiouy]+",
    "fr": r"[aeiouàâäéèêëîïôöùûüœæ]+|(?<![aeiou])y(?![aeiou])",
}
SILENT = {
    "nl": r"(?!)",
    "en": r"[^aeiouyl]e$|[^aeiouyszhxgc]es$|[^aeiouydt]ed$",
    "fr": r"[^aeiouyàâéèêîôû](e|es|ent)$",
}
FORMULAS = {
    "nl": (206.84, 77.0, 0.93),  # Douma 1960
    "en": (206.835, 84.6, 1.015),  # Flesch 1948
    "fr": (207.0, 73.6, 1.015),  # Kandel & Moles 1958
}
"""What syllables a word and words a sentence take off."""
NUMBER = "8"
WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
COUNTED = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")


def syllables(word: str, language: str) -> int:
    parts = [part for part in re.split(r"[\u2019'-]", word.lower()) if part]
    return sum(_of_part(part, language) for part in parts)


def _of_part(part: str, language: str) -> int:
    count = len(re.findall(VOWELS[language], part))
    return max(1, count - bool(count > 1 and re.search(SILENT[language], part)))


def sentences(text: str) -> list[str]:
    """Parts that end where a voice falls: a colon and a semicolon end one as well."""
    return [part for part in re.split(r"(?<=[.!?:;])\s+", text) if WORD.search(part)]


def ease(text: str, language: str) -> float:
    """Reading ease: about 100 is very easy, 60 to 70 plain, under 30 for scholars."""
    words = WORD.findall(text)
    constant, per_syllable, per_word = FORMULAS[language]
    slow = sum(syllables(word, language) for word in words) / len(words)
    return constant - per_syllable * slow - per_word * len(COUNTED.findall(text)) / len(sentences(text))


def told(language: str, room: str = "erbij.reports") -> Iterator[tuple[str, str]]:
    """Every sentence of the catalogue in each of its readings, with values filled in."""
    source = resources.files(room).joinpath("messages", f"{language}.ftl").read_text("utf-8")
    known: dict[str, list[str]] = {}
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ftl.Message) and entry.value is not None:
            known[entry.id.name] = list(dict.fromkeys(readings(entry.value, known)))
            for text in known[entry.id.name]:
                if re.search(r"[.!?]$", text.strip()):
                    yield entry.id.name, text


def readings(pattern: ftl.Pattern, known: dict[str, list[str]]) -> list[str]:
    texts = [""]
    for element in pattern.elements:
        texts = [text + more for text in texts for more in _element(element, known)]
    return texts


def _element(element: ftl.TextElement | ftl.Placeable, known: dict[str, list[str]]) -> list[str]:
    if isinstance(element, ftl.TextElement):
        return [element.value]
    inner = element.expression
    if isinstance(inner, ftl.SelectExpression):
        return [text for variant in inner.variants for text in readings(variant.value, known)]
    if isinstance(inner, ftl.MessageReference):
        return known[inner.id.name][-1:]  # of pupils, the usual reading
    return [NUMBER] if isinstance(inner, ftl.VariableReference) else [str(inner.value)]


def pupil_passages(language: str) -> dict[str, list[str]]:
    """The interface of pupils, the questions of each of their instruments, and the page they read back."""
    words = resources.files("erbij.web.surveys").joinpath("pupil_words", f"{language}.json")
    found = [text for text in json.loads(words.read_text("utf-8")).values() if isinstance(text, str)]
    passages = {"page": [re.sub(r"\{\w+\}", NUMBER, text) for text in found if text.strip()[-1] in ".!?"]}
    for ages in ("8-9", "10-12", "13-18"):
        file = resources.files("erbij.instruments").joinpath("catalogue", f"erbij-pupils-{ages}.toml")
        items = tomllib.loads(file.read_text("utf-8"))["items"]
        passages[ages] = [item["text"][language] for item in items]
    heard = list(told(language, "erbij.reports.plain"))
    for page in ("young", "pupils", "old"):
        passages[page] = [text for name, text in heard if name.startswith(f"{page}-")]
    return passages


def too_long(texts: list[str], most: int) -> list[str]:
    return [part for text in texts for part in sentences(text) if len(COUNTED.findall(part)) > most]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_of_a_report_reads_plainly(language):
    by_section = groupby(told(language), key=lambda pair: pair[0].partition("-")[0])
    passages = {section: " ".join(dict(pairs).values()) for section, pairs in by_section}
    scores = {name: ease(text, language) for name, text in passages.items() if len(text.split()) >= PASSAGE}
    assert len(scores) >= 12
    assert {name: round(score) for name, score in scores.items() if score < TEACHERS} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_for_scholars(language):
    long = {name: text for name, text in told(language) if len(COUNTED.findall(text)) >= ENOUGH}
    assert len(long) > 80
    assert {n: round(ease(t, language)) for n, t in long.items() if ease(t, language) < HARDEST} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_for_teachers_is_long(language):
    assert too_long([text for _, text in told(language)], LONGEST["teachers"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_pupils_are_easier_still(language):
    passages = pupil_passages(language)
    scores = {name: ease(" ".join(texts), language) for name, texts in passages.items()}
    assert {name: round(score) for name, score in scores.items() if score < PUPILS} == {}
    assert [part for texts in passages.values() for part in too_long(texts, LONGEST["pupils"])] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "school 1 leerling 2 verbondenheid 4 waarschijnlijk 3 gemiddelde 4 leeuw 1 één 1 oneerlijk 3"),
        ("en", "school 1 pupil 2 probably 3 everyone 3 table 2 differences 4 asked 1 made 1 classes 2"),
        ("fr", "école 2 élèves 2 groupe 1 moyenne 2 appartenance 4 réponse 2 chiffres 1 est-ce 2"),
    ],
)
def test_syllables_are_counted(language, words):
    pairs = words.split()
    counted = {word: syllables(word, language) for word in pairs[::2]}
    assert counted == {word: int(count) for word, count in zip(pairs[::2], pairs[1::2], strict=True)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The cat sat on the mat.", 206.835 - 84.6 - 1.015 * 6),
        ("nl", "De kat zat op de mat.", 206.84 - 77.0 - 0.93 * 6),
        ("fr", "Le chat dort. Il est gris.", 207.0 - 73.6 - 1.015 * 3),
        ("en", "Of 20 pupils, 8 like it.", 206.835 - 84.6 * 5 / 4 - 1.015 * 6),
    ],
)
def test_formula_is_that_of_its_author(language, text, expected):
    assert ease(text, language) == pytest.approx(expected)


def test_hard_words_and_long_sentences_are_found():
    hard = "Differentiële itemfunctionering bemoeilijkt vergelijkbaarheid."
    assert ease(hard, "nl") < HARDEST < PUPILS < ease("Je mag hier zijn wie je bent.", "nl")
    assert too_long([" ".join(["woord"] * 31) + ". Kort."], LONGEST["teachers"]) == [
        " ".join(["woord"] * 31) + "."
    ]
