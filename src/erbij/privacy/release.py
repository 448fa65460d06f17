"""A Release: the protected results of one study, all that a person ever sees, and its two files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec
import polars as pl

from erbij.errors import ReportError
from erbij.findings.cells import KEYS
from erbij.instruments.schema import Text
from erbij.studies import safe_csv

FORMAT = "erbij-release/1"
CELLS_AT_ONCE = 1000

CELL_COLUMNS = pl.Schema(
    {
        **dict.fromkeys(KEYS, pl.Categorical()),
        "measure": pl.Categorical(),
        "n": pl.Int64(),
        "value": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "status": pl.Categorical(),
        "reason": pl.Categorical(),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One published cell; the numbers are absent where `status` is `withheld`."""

    level: str
    unit: str
    breakdown: str
    group: str
    measure: str
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group and its name in words."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class BreakdownCard:
    """A breakdown, its groups in order, and the reference group if the study chose one.

    `is_ordered`: the groups go from less to more, and enter a model as one straight line.
    """

    id: str
    label: Text
    groups: tuple[GroupCard, ...]
    reference: str | None
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class ScaleCard:
    """A scale as it is told: its kind, its line, and whether high is good."""

    id: str
    kind: str
    label: Text
    line: float
    high_is_good: bool
    items: int
    part: str | None
    opportunity: str | None
    domain: str | None


@dataclass(frozen=True, slots=True)
class InstrumentCard:
    """What was asked, how far it is tested, and what has to be answered for a score."""

    id: str
    version: str
    status: str
    title: Text
    source: str
    ages: str
    main_scale: str
    min_share_answered: float
    translations: Mapping[str, str]
    audience: str = "pupils"


@dataclass(frozen=True, slots=True)
class SourceCard:
    """Where the answers came from."""

    file: str
    sha256: str
    rows: int
    attribution: str
    is_made_up: bool
    is_weighted: bool
    replicates: int


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """The numbers of the policy under which this was released."""

    id: str
    threshold: int
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiscriminationCard:
    """The measure that divides little from much, and the highest value that is little."""

    label: Text
    line: float


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """An outcome of the study file, and what it is about, if published studies stand beside it."""

    id: str
    label: Text
    about: str | None


@dataclass(frozen=True, slots=True)
class ExclusionCard:
    """How many pupils or answers were left out of what, and why."""

    what: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """Everything of a release but its cells."""

    format: str
    software: str
    title: Text
    source: SourceCard
    instrument: InstrumentCard
    policy: PolicyCard
    scales: tuple[ScaleCard, ...]
    breakdowns: tuple[BreakdownCard, ...]
    discrimination: DiscriminationCard | None
    exclusions: tuple[ExclusionCard, ...]
    previous: str = ""
    intersections: tuple[str, ...] = ()
    outcomes: tuple[OutcomeCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A card and its cells (columns of `CELL_COLUMNS`, in a fixed order)."""

    card: Card
    cells: pl.DataFrame


@dataclass(frozen=True, slots=True)
class File(Card):
    """`release.json`: the card with the cells beside it."""

    cells: tuple[Cell, ...] = ()


def files(release: Release) -> dict[str, Iterator[bytes]]:
    """The files of a release in pieces, by name: `release.json` and `cells.csv`."""
    return {"release.json": in_pieces(release), "cells.csv": safe_csv.in_pieces(release.cells)}


def to_json(release: Release) -> bytes:
    """The card in full, then one line for each cell, so that two releases can be compared by eye."""
    return b"".join(in_pieces(release))


def in_pieces(release: Release) -> Iterator[bytes]:
    """The same, some cells at a time: those of a network of hundreds of schools are a gigabyte of text."""
    card = msgspec.json.format(msgspec.json.encode(release.card), indent=1).removesuffix(b"\n}")
    yield card + b',\n "cells": [\n  '
    cells = release.cells.iter_rows(named=True)
    before = b""
    for some in iter(lambda: list(islice(cells, CELLS_AT_ONCE)), []):
        yield before + b",\n  ".join(map(msgspec.json.encode, some))
        before = b",\n  "
    yield b"\n ]\n}\n"


def read(path: Path) -> Release:
    """Read a `release.json`.

    Raises
    ------
    ReportError
        The file is not there, is no release, or is one of another format.
    """
    try:
        text = path.read_bytes()
    except OSError as problem:
        raise ReportError("can't be read", where=(str(path),), found=problem.strerror) from problem
    return from_json(text, where=str(path))


def from_json(text: bytes, *, where: str = "release.json") -> Release:
    """The release in a text; `where` is its name in an error, which is as in `read`."""
    try:
        file = msgspec.json.decode(text, type=File)
    except msgspec.MsgspecError as problem:
        raise ReportError("is not a release", where=(where,), found=str(problem)) from problem
    if file.format != FORMAT:
        raise ReportError("is another format", where=(where, "format"), found=file.format, allowed=(FORMAT,))
    builtins = msgspec.to_builtins(file)
    cells = pl.DataFrame(builtins.pop("cells"), schema=CELL_COLUMNS)
    return Release(msgspec.convert(builtins, Card), cells)


def schema() -> Mapping[str, object]:
    """The JSON Schema of `release.json`."""
    return msgspec.json.schema(File)
