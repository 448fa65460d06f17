"""The six questions that a team reads one by one: their sections, and what to talk about."""

from dataclasses import dataclass

from erbij.reports.description import Figure, Report, Section
from erbij.reports.words import Words

QUESTIONS = ("answered", "level", "groups", "origin", "opportunities", "change")
"""The pages in the order of the story; ids of messages and addresses are made of these."""
HOW, ALWAYS, WHY = "how", "always", "why"
PLACES = {
    "answered": "answered",
    "level": "level",
    "outcomes": "level",
    "benchmark": "level",
    "groups": "groups",
    "intersections": "groups",
    "treatment": "origin",
    "discrimination": "origin",
    "systemic": "origin",
    "spread": "origin",
    "opportunities": "opportunities",
    "conditions": "opportunities",
    "change": "change",
    "certainty": HOW,
    "limits": ALWAYS,
    "why": WHY,
    "model": WHY,
}
"""The page of each section: a question, `HOW` (folded below every page), `ALWAYS`
(on every page) or `WHY` (the annex)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One question on one page.

    `answer` is one sentence; `absent` says why there is nothing, and is empty where there are sections;
    `talk` are three questions for the team.
    """

    id: str
    number: int
    question: str
    answer: str
    sections: tuple[Section, ...]
    absent: str
    talk: tuple[str, str, str]


def arrange(report: Report, audience: str) -> tuple[Page, ...]:
    """Put the sections of a report on their pages; all six are always there."""
    words = Words(report.language, audience)
    return tuple(_page(report, words, id_, number) for number, id_ in enumerate(QUESTIONS, 1))


def sections_of(report: Report, place: str) -> tuple[Section, ...]:
    """The sections of a report with this place, in the order of the report."""
    return tuple(section for section in report.sections if PLACES[section.id] == place)


def emblem(report: Report) -> tuple[Section, Figure] | None:
    """The picture in the place of honour: origin or treatment; where it is not shown, the first that is."""
    first = sections_of(report, "origin") + sections_of(report, "level")
    shown = ((section, each) for section in first for each in section.figures if not each.is_withheld)
    return next(shown, None)


def _page(report: Report, words: Words, id_: str, number: int) -> Page:
    sections = sections_of(report, id_)
    absent = "" if sections else words.say(f"page-{id_}-absent")
    return Page(
        id=id_,
        number=number,
        question=words.say(f"page-{id_}"),
        answer=_answer(sections) or absent,
        sections=sections,
        absent=absent,
        talk=_talk(words, id_, is_found=bool(sections and sections[0].points)),
    )


def _answer(sections: tuple[Section, ...]) -> str:
    """What the first section says in a sentence."""
    return next((section.answer or section.lead[0] for section in sections), "")


def _talk(words: Words, id_: str, *, is_found: bool) -> tuple[str, str, str]:
    """Three questions; the first asks what the page makes one ask, where that depends on what was found."""
    depends = id_ in ("groups", "origin", "change")
    first = ("found" if is_found else "open") if depends else "1"
    one, two, three = (words.say(f"talk-{id_}-{name}") for name in (first, "2", "3"))
    return one, two, three
