"""School scans: what a team sees of its own opportunities, beside what pupils said about the same.

Each item asks whether something is there for everyone, and for whom it is made. A scan is no measurement: it
has no interval, and it is held against released results only in words, never subtracted from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal, get_args

from erbij.actions import fitting, signals
from erbij.actions.reading import opened
from erbij.actions.signals import Signal
from erbij.errors import ActionError
from erbij.instruments.reading import OPPORTUNITIES
from erbij.privacy.release import Cell, Release, ScaleCard
from erbij.words import Message, Text

Value = Literal[0, 1, 2]
"""Not at all, in part, for everyone."""

Role = Literal["lead", "named", "stereotyped"]
Agreement = Literal["agree-high", "agree-low", "blind-spot", "hidden-strength", "unclear", "not-told"]

HIGHEST = 2
ENOUGH = 0.8
"""The part of the items that must be answered for a score, as for pupils."""

MIDDLE = 50.0
_FOLDER = files("erbij.actions") / "scans"


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a scan, and the background questions that it concerns."""

    id: str
    breakdowns: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Scan:
    """The scan of an opportunity. `for_whom` is asked at each item; `done_by`: who sit together, how long."""

    opportunity: str
    title: Text
    done_by: Text
    for_whom: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the team found of an item: None where it does not know. `left_out`: for whom it is not made."""

    item: str
    value: Value | None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A book or lesson of the sample, and in which role each kind of people appears in it, if at all."""

    name: str
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Coverage:
    """In how many of the pieces of a sample a kind of people appears, and how."""

    kind: str
    pieces: int
    lead: int
    named: int
    stereotyped: int

    @property
    def absent(self) -> int:
        """Pieces in which they do not appear."""
        return self.pieces - self.lead - self.named - self.stereotyped


@dataclass(frozen=True, slots=True)
class Beside:
    """A scan beside what pupils said: its score, their mean of the same opportunity, and both together.

    `blind_spots`: items that are said to be there for everyone while a group that they concern belongs less;
    `seen_first`: items that leave out a group of which the release shows no gap.
    """

    opportunity: str
    score: float | None
    pupils: Cell | None
    agreement: Agreement
    blind_spots: tuple[tuple[Item, Signal], ...]
    seen_first: tuple[tuple[Item, str], ...]
    sentence: Message


@cache
def scans() -> tuple[Scan, ...]:
    """The five scans that come with Erbij.

    >>> [len(scan.items) >= 6 for scan in scans()]
    [True, True, True, True, True]
    """
    with as_file(_FOLDER) as folder:
        return tuple(read(folder / f"{name}.toml") for name in OPPORTUNITIES)


def read(path: Path) -> Scan:
    """Read and check one scan.

    Raises
    ------
    ActionError
        At the first thing that is not as docs/actions.md says.
    """
    top = opened(path)
    top.check_keys(("opportunity", "title", "done_by", "for_whom", "items"))
    if top.one_of("opportunity", OPPORTUNITIES) != path.stem:
        top.refuse("is not the name of the file", "opportunity", found=top.values["opportunity"])
    items: dict[str, Item] = {}
    for table in top.listed_tables("items"):
        table.check_keys(("id", "breakdowns", "text"))
        item = Item(table.an_id("id"), table.names("breakdowns"), table.text("text"))
        if item.id in items or not item.breakdowns:
            table.refuse("needs an id of its own and a breakdown that it concerns", "id", found=item.id)
        items[item.id] = item
    return Scan(
        path.stem, top.text("title"), top.text("done_by"), top.text("for_whom"), tuple(items.values())
    )


def score(scan: Scan, answers: Iterable[Answer]) -> float | None:
    """Which part of what could be there is there, 0 to 100; None where too few items are answered.

    Raises
    ------
    ActionError
        An item is not of this scan, is answered twice, or has a value that is none.
    """
    given = _given(scan, answers)
    known = [answer.value for answer in given.values() if answer.value is not None]
    if len(known) < ENOUGH * len(scan.items):
        return None
    return 100.0 * sum(known) / (HIGHEST * len(known))


def beside(scan: Scan, answers: Sequence[Answer], release: Release) -> Beside:
    """Hold a scan against the release of a wave: where both agree, and what the team may not see."""
    given = _given(scan, answers)
    found, pupils = score(scan, answers), _pupils(scan, release)
    agreement = _agreement(found, pupils, release)
    gaps = [one for one in signals.of(release) if one.kind == "gap"]
    return Beside(
        scan.opportunity,
        found,
        pupils,
        agreement,
        tuple(_blind(scan, given, gaps)),
        tuple(_first(scan, given, gaps)),
        Message(f"scan-{agreement}", {} if found is None else {"score": found}),
    )


def coverage(sample: Sequence[Piece], kinds: Sequence[str]) -> tuple[Coverage, ...]:
    """The coverage matrix of a sample, a row for each kind of people; least present first.

    Raises
    ------
    ActionError
        A piece names an unknown kind or role.
    """
    for piece in sample:
        for kind, role in piece.roles.items():
            if kind not in kinds or role not in get_args(Role):
                allowed = (*kinds, *get_args(Role))
                raise ActionError(
                    "no such kind or role", where=(piece.name,), found=[kind, role], allowed=allowed
                )
    rows = [_covered(sample, kind) for kind in kinds]
    return tuple(sorted(rows, key=lambda row: (row.lead + row.named, row.lead)))


def represented(staff: Mapping[str, int], threshold: int) -> dict[str, float] | None:
    """Per cent of the team in each group of a breakdown; None where that could point at somebody.

    All or nothing: one small group would follow from the others and the size of the team, which everyone
    knows. A group without anyone says something of nobody, and may be told.

    Raises
    ------
    ActionError
        A count is negative, or the threshold is below that of any policy.
    """
    if threshold < 5 or any(count < 0 for count in staff.values()):
        raise ActionError("no such counts or threshold", found=[dict(staff), threshold])
    total = sum(staff.values())
    present = [count for count in staff.values() if count]
    # One group that is everyone says of each what they are.
    if len(present) < 2 or min(present) < threshold:
        return None
    return {group: 100 * count / total for group, count in staff.items()}


def _given(scan: Scan, answers: Iterable[Answer]) -> dict[str, Answer]:
    items = [item.id for item in scan.items]
    given: dict[str, Answer] = {}
    for answer in answers:
        if answer.item not in items or answer.item in given:
            raise ActionError("no such item, or answered twice", found=answer.item, allowed=items)
        if answer.value is not None and answer.value not in get_args(Value):
            raise ActionError("no such answer", found=answer.value, allowed=get_args(Value))
        given[answer.item] = answer
    return given


def _pupils(scan: Scan, release: Release) -> Cell | None:
    scale = _scale(scan, release)
    return None if scale is None else signals.top_cell(release, f"mean:{scale.id}")


def _scale(scan: Scan, release: Release) -> ScaleCard | None:
    return next((one for one in release.card.scales if one.opportunity == scan.opportunity), None)


def _agreement(found: float | None, pupils: Cell | None, release: Release) -> Agreement:
    if found is None or pupils is None or pupils.low is None or pupils.high is None:
        return "not-told"
    name = pupils.measure.partition(":")[2]
    line = next(scale.line for scale in release.card.scales if scale.id == name)
    if pupils.low < line < pupils.high:
        return "unclear"
    if pupils.high <= line:
        return "blind-spot" if found >= MIDDLE else "agree-low"
    return "agree-high" if found >= MIDDLE else "hidden-strength"


def _blind(scan: Scan, given: Mapping[str, Answer], gaps: Sequence[Signal]) -> Iterable[tuple[Item, Signal]]:
    for item in scan.items:
        answer = given.get(item.id)
        if answer is None or answer.value != HIGHEST:
            continue
        for gap in gaps:
            if fitting.SAME.get(gap.breakdown, gap.breakdown) in item.breakdowns:
                yield item, gap


def _first(scan: Scan, given: Mapping[str, Answer], gaps: Sequence[Signal]) -> Iterable[tuple[Item, str]]:
    shown = {fitting.SAME.get(gap.breakdown, gap.breakdown) for gap in gaps}
    for item in scan.items:
        for name in given[item.id].left_out if item.id in given else ():
            if name not in shown:
                yield item, name


def _covered(sample: Sequence[Piece], kind: str) -> Coverage:
    roles = [piece.roles.get(kind) for piece in sample]
    return Coverage(kind, len(sample), roles.count("lead"), roles.count("named"), roles.count("stereotyped"))
