"""Published figures, and whether they may stand beside a release."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from erbij.privacy.release import Release
from erbij.reports.results import ages_of

FEWEST_SCHOOLS = 5
"""With fewer schools, one school could work out much of another (as the OECD has it)."""


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of benchmarks.toml, where each key is explained."""

    id: str
    source: str
    countries: tuple[str, ...]
    year: int
    ages: tuple[int, int]
    scale: Literal["score", "question", "high"]
    instruments: tuple[str, ...]
    mean: tuple[float, float, float] | None = None
    below: tuple[float, float, float] | None = None
    share: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    published: tuple[Published, ...]


@cache
def published() -> tuple[Published, ...]:
    """Every figure, in the order of the file."""
    text = resources.files("erbij.reports").joinpath("benchmarks.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _File).published


def named(id_: str) -> Published:
    """The figure of an id."""
    return next(figure for figure in published() if figure.id == id_)


def same_scale(release: Release) -> tuple[Published, ...]:
    """The figures that come from the same questions, scored in the same way."""
    instrument = release.card.instrument.id
    return tuple(figure for figure in published() if instrument in figure.instruments)


def are_other_ages(figure: Published, release: Release) -> bool:
    """Whether the ages are not the same, so that a difference may come from age alone."""
    return ages_of(release) != figure.ages


def schools_of(network: Release) -> int:
    """How many schools a release is about, shown or withheld."""
    return int(network.cells.filter(level="school")["unit"].n_unique())
