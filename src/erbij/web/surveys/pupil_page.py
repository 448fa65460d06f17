"""What the templates and the script of the pupil's page are given."""

import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from erbij.instruments.schema import Audience
from erbij.web.surveys import pupil_words, questionnaire
from erbij.web.surveys.asking import Asking
from erbij.web.surveys.questionnaire import Question

Given = Mapping[str, Sequence[str]]

ENDINGS: Mapping[Audience, str] = {
    "pupils": "pupil-done",
    "parents": "pupil-done-adults",
    "staff": "pupil-done-adults",
}
"""The address of the ending: without network a kept copy has to know whom it thanks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was answered so far (only where the form was sent to change the language)."""

    question: Question
    given: frozenset[str]


def of_questions(asking: Asking, language: str, *, ballot: str, given: Given) -> dict[str, Any]:
    """The page with all questions.

    Parameters
    ----------
    asking
        The class session.
    language
        One of `asking.languages`.
    ballot
        A fresh id: a form that is sent twice is one ballot.
    given
        Per item id the values to show as chosen; empty for a new page.
    """
    shown = questionnaire.questionnaire(asking.instrument, language, items_on=asking.items_on)
    words = pupil_words.words(language, asking.audience)
    return {
        **in_language(language, asking.languages, audience=asking.audience),
        **of_help(asking, language),
        "ballot": ballot,
        "intro": words["intro"].replace("{all}", str(len(shown.questions))),
        "has_jars": shown.has_jars,
        "questions": [Asked(one, frozenset(given.get(one.id, ()))) for one in shown.questions],
        "data": _island(asking, language),
    }


def of_help(asking: Asking, language: str) -> dict[str, Any]:
    """The part about talking to someone: two adults of the school and who can be called."""
    return {
        "here": here(asking),
        "helpers": asking.helpers,
        "helplines": helplines(asking.country, language, audience=asking.audience),
        "talk": _talk(asking),
    }


def of_help_page(asking: Asking | None, language: str) -> dict[str, Any]:
    """A page of its own about talking to someone; where no class is open the helplines are still there."""
    if asking is None:
        around = in_language(language, pupil_words.languages())
        return around | {"here": reverse("pupil-start"), "helplines": helplines("", language)}
    around = in_language(language, asking.languages, audience=asking.audience) | of_help(asking, language)
    words = _words(pupil_words.words(language, asking.audience), _OF_TALK)
    data = {**_addresses_of_help(asking), "language": language, "words": words}
    return around | {"data": data}


def helplines(country: str, language: str, *, audience: Audience = "pupils") -> list[dict[str, str]]:
    """Who can be called in a country, with words in a language."""
    words = pupil_words.words(language, audience)
    return [
        {**line, "digits": line["number"].replace(" ", ""), "words": words[line["for"]]}
        for line in pupil_words.helplines(country, audience)
    ]


def _talk(asking: Asking) -> dict[str, str]:
    """The form that asks an adult to come; empty where there is no adult, or no word that leads back."""
    if not asking.helpers or not asking.word:
        return {}
    # A fresh id: a form that is sent twice is one request. It has nothing to do with the ballot's.
    return {"id": str(uuid.uuid4()), **_addresses_of_help(asking)}


def _addresses_of_help(asking: Asking) -> dict[str, str]:
    names = {"help": "pupil-help", "talk": "pupil-talk", "talk_key": "pupil-talk-key"}
    return {
        name: reverse(address, args=[asking.word]) if asking.word else "" for name, address in names.items()
    }


def here(asking: Asking) -> str:
    """Where the page of a class lives; that of a card is the same for every card."""
    return reverse("pupil-card") if asking.admission else reverse("pupil-questions", args=[asking.word])


def of_the_end(language: str, *, word: str, audience: Audience = "pupils") -> dict[str, Any]:
    """The ending, the same for everyone. The script may need every language: its kept copy has one only."""
    again = reverse("pupil-questions", args=[word]) if word else reverse("pupil-start")
    talk = f"{reverse('pupil-help', args=[word])}?language={language}" if word else ""
    return {
        **in_language(language, pupil_words.languages(), audience=audience),
        "again": f"{again}?language={language}",
        "help": talk,
        "data": {
            "language": language,
            "languages": {
                code: {"words": _words(pupil_words.words(code, audience), _OF_THE_END)}
                for code in pupil_words.languages()
            },
            **_addresses(audience),
        },
    }


def in_language(language: str, languages: Sequence[str], *, audience: Audience = "pupils") -> dict[str, Any]:
    """What every page needs: its words and the languages to choose from."""
    offered = [{"code": code, "name": pupil_words.words(code)["name"]} for code in languages]
    return {
        "language": language,
        "words": pupil_words.words(language, audience),
        "languages": offered,
        "languages_current_first": sorted(offered, key=lambda one: one["code"] != language),
    }


_OF_THE_END = (
    *("direction", "page_title", "done_title", "done_text", "next_pupil", "help_button"),
    *("waiting", "waiting_text", "refused", "full"),
)


_OF_TALK = ("talk_offline", "talk_unsure")


_OF_QUESTIONS = (
    *("direction", "page_title", "nobody", "language", "intro", "skip", "start", "next", "back", "not_said"),
    *("why", "progress", "several", "read_aloud", "last_title", "last_text", "hand_in", "busy", "insecure"),
    *(
        "help_button",
        "help_title",
        "help_known",
        "help_adults",
        "help_call",
        "help_nothing_sent",
        "help_back",
    ),
    *("waiting", "waiting_text", "refused", "full"),
)


_OF_TALK_FORM = ("talk_open", "talk_plain", "talk_who", "talk_either", "talk_name", "talk_words", "talk_send")


def as_text(key: bytes) -> str:
    """A key as the script of the page reads it: base64url without padding."""
    return urlsafe_b64encode(key).decode().rstrip("=")


def _words(words: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: words[name] for name in names}


def _addresses(audience: Audience) -> dict[str, str]:
    return {
        "start": reverse("pupil-start"),
        "ballots": reverse("pupil-ballots"),
        "done": reverse(ENDINGS[audience]),
        "worker": reverse("pupil-worker"),
    }


def _island(asking: Asking, language: str) -> dict[str, Any]:
    asked = questionnaire.items_asked(asking.instrument, asking.items_on)
    return {
        "word": asking.word,
        "wave": asking.wave,
        "class": asking.class_code,
        "key": as_text(asking.public_key),
        "codes": {item.id: asking.instrument.format_of(item).codes for item in asked},
        "language": language,
        "languages": {code: _said(asking, code) for code in asking.languages},
        "admission": asking.admission,
        # The page of a card is not kept for a reload without network: it stands behind its code.
        "here": "" if asking.admission else here(asking),
        **_addresses_of_help(asking),
        **_addresses(asking.audience),
    }


def _said(asking: Asking, language: str) -> dict[str, Any]:
    shown = questionnaire.questionnaire(asking.instrument, language, items_on=asking.items_on)
    labels = {}
    for one in shown.questions:
        labels[_format(asking, one)] = [choice.label for choice in one.choices]
    lines = {line["for"] for line in pupil_words.helplines(asking.country, asking.audience)}
    names = [*_OF_QUESTIONS, *sorted(lines), *([*_OF_TALK_FORM, *_OF_TALK] if asking.helpers else [])]
    return {
        "words": _words(pupil_words.words(language, asking.audience), names),
        "labels": labels,
        "items": {
            one.id: {"text": one.text, "why": one.why, "format": _format(asking, one)}
            for one in shown.questions
        },
    }


def _format(asking: Asking, question: Question) -> str:
    return asking.instrument.items[question.id].format
