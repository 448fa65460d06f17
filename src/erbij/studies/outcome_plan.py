"""The outcomes of STUDY.toml: numbers of each pupil that a school knows besides, such as days of absence."""

from dataclasses import dataclass

from erbij.instruments.schema import Text
from erbij.studies.section import Code, Section

ABOUT = ("motivation", "achievement", "stress", "help", "bullying", "absence", "leaving")
"""What an outcome can be about: for each, published studies say how it goes with belonging."""


@dataclass(frozen=True, slots=True)
class OutcomePlan:
    """A column of numbers, high meaning much of what the label says."""

    id: str
    column: str
    label: Text
    missing: tuple[Code, ...]
    about: str | None


def read_outcomes(section: Section) -> tuple[OutcomePlan, ...]:
    """All outcomes, in the order of the file."""
    return tuple(_outcome(section, key) for key in section.values)


def _outcome(parent: Section, key: str) -> OutcomePlan:
    parent.check_id(key, key)
    section = parent.table(key)
    section.check_keys(required=["column", "label"], optional=["missing", "about"])
    about = section.choice("about", ABOUT)
    return OutcomePlan(key, section.words("column"), section.text("label"), section.codes("missing"), about)
