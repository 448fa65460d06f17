"""A page in plain words, described: any renderer can draw it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A question and its answer. `space`: how many empty lines follow, with what belongs there."""

    id: str
    heading: str
    sentences: tuple[str, ...]
    space: int = 0
    space_label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language. `mark` is said of made-up figures; `unreviewed` of words nobody checked."""

    language: str
    title: str
    lead: tuple[str, ...]
    mark: str
    unreviewed: str
    parts: tuple[Part, ...]
