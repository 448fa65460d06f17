"""From opened ballots to a Study. What stands in a ballot: docs/decisions/0004-asking.md."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from erbij.errors import StudyError
from erbij.instruments import scoring
from erbij.instruments.schema import Instrument, Item, Option, Text
from erbij.instruments.scoring import needed
from erbij.stats.design import FloatArray, IntArray, SamplingDesign
from erbij.studies.opening import without_score
from erbij.studies.study import Breakdown, Discrimination, Exclusion, Group, Level, Source, Study, Units

VERSION = 1
NOT_SAID = "not-said"
"""The code of "I'd rather not say" for an item whose format has no such option."""
DISCRIMINATION = "discrimination"
LITTLE_UP_TO = 25.0
"""On the scale of discrimination, 0 to 100: where every source acts "almost never" at most, on average."""
COMBINED = ("gender", "home-languages", "books")
"""Background items whose combinations are looked at, the most wanted first."""

PUPILS_PER_COMBINATION = 30
"""On average, from which a further item is combined: with fewer, most combinations could not be shown."""

NO_GROUP = (
    *("dat zeg ik liever niet", "dat weet ik niet", "dat weet ik nog niet"),
    *("I’d rather not say", "I don’t know", "I don’t know yet"),  # noqa: RUF001 (as instruments write it)
    *("je préfère ne pas le dire", "je ne sais pas", "je ne sais pas encore"),
)
"""Options that put nobody in a group."""


@dataclass(frozen=True, slots=True)
class ClassPlace:
    """Where a class is and how many pupils it has. Names are unique within their level."""

    grade: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Majority:
    """Who counts as majority beside discrimination: these codes of a background item. A declared choice."""

    item: str
    codes: tuple[int | str, ...]


PARENTS_BORN_HERE = Majority("parents-born", (1,))


def is_well_formed(opened: Mapping[str, object]) -> bool:
    """Whether an opened ballot holds what a ballot holds; the codes themselves are looked at later.

    >>> is_well_formed({"v": 1, "class": "k3", "answers": {"gender": 1}}), is_well_formed({"v": 1})
    (True, False)
    """
    answers = opened.get("answers")
    is_named = isinstance(opened.get("class"), str) and isinstance(answers, dict)
    return opened.get("v") == VERSION and is_named


@dataclass(frozen=True, slots=True)
class Asking:
    """What was asked of whom.

    `classes`: by the code that ballots carry; empty where parents or staff were asked, `invited` of them
    in the whole school (0: not known). `items_on`: ids of the items that were asked. `attribution`: whose
    answers these are, for the provenance. `salt` goes into the hash: random and forgotten, nobody who knows
    all ballots but one can guess that one. `policy`: as in [policy] of STUDY.toml.
    """

    title: Text
    items_on: Collection[str]
    classes: Mapping[str, ClassPlace]
    attribution: str = ""
    majority: Majority = PARENTS_BORN_HERE
    salt: bytes = b""
    invited: int = 0
    policy: Mapping[str, object] = field(default_factory=dict)


def to_study(
    opened: Sequence[Mapping[str, object]], instrument: Instrument, asking: Asking, *, undecodable: int = 0
) -> Study:
    """Put opened ballots together.

    Parameters
    ----------
    opened
        n well-formed ballots, in random order. An answer that is no code of its item is left out and
        counted as `missing-code`.
    instrument
        As it was asked.
    asking
        A class without ballots counts among those asked; pupils whose class is not in it are in no grade
        and no class. Without classes there is one unit: everyone. Without the item of the majority there is
        no emblem.
    undecodable
        Ballots beside these that could not be read. They count as `undecodable` and nowhere else: neither
        among the n nor among those asked.

    Returns
    -------
    Study
        A breakdown for each background item that was asked with one answer, and combinations of the first of
        `COMBINED` for which there are pupils enough. Asked is the size of the
        class, or those invited, or the number of ballots where that is more.

    Raises
    ------
    StudyError
        An unknown item is on, or too few items of the main scale are.
    """
    _check_items(instrument, asking.items_on)
    items = [item for item in instrument.items.values() if item.id in asking.items_on]
    answers, exclusions = _answers(opened, instrument, items)
    scores = scoring.score(instrument, answers)
    units, no_unit = _units(opened, asking.classes) if asking.classes else _whole(len(opened), asking.invited)
    breakdowns = tuple(_breakdown(instrument, i, answers[i.id]) for i in items if _divides(instrument, i))
    discrimination, no_measure = _discrimination(instrument, scores, answers, asking.majority)
    no_group = {breakdown.id: int((breakdown.codes < 0).sum()) for breakdown in breakdowns}
    unread = _counts("undecodable", {"ballots": undecodable})
    counted = [
        *unread,
        *exclusions,
        *without_score(scores),
        *no_unit,
        *_counts("no-group", no_group),
        *no_measure,
    ]
    sha256 = _hash(opened, asking.salt)
    return Study(
        title=asking.title,
        instrument=instrument,
        n=len(opened),
        answers=answers,
        scores=scores,
        units=units,
        breakdowns=breakdowns,
        design=SamplingDesign(np.ones(len(opened))),
        source=Source("", sha256, len(opened), asking.attribution, is_made_up=False),
        discrimination=discrimination,
        exclusions=tuple(counted),
        policy=asking.policy,
        intersections=_intersections(breakdowns, len(opened)),
    )


def _check_items(instrument: Instrument, items_on: Collection[str]) -> None:
    if unknown := set(items_on) - set(instrument.items):
        raise StudyError("no such item", where=(instrument.id,), found=min(unknown))
    items = instrument.scales[instrument.main_scale].items
    least = needed(instrument.min_share_answered, len(items))
    if (found := len(set(items) & set(items_on))) < least:
        allowed = [f"at least {least} of {len(items)}"]
        raise StudyError(
            "too few items of the main scale", where=(instrument.id,), found=found, allowed=allowed
        )


def _counts(what: str, counts: Mapping[str, int]) -> list[Exclusion]:
    return [Exclusion(what, where, count) for where, count in counts.items() if count]


def _answers(
    opened: Sequence[Mapping[str, object]], instrument: Instrument, asked: Sequence[Item]
) -> tuple[dict[str, FloatArray], list[Exclusion]]:
    """Raw codes per item, 0/1 per option of a `several` item; items with words for codes have none."""
    answers: dict[str, FloatArray] = {}
    refused: dict[str, int] = {}
    given = [_given(ballot) for ballot in opened]
    for item in asked:
        codes = instrument.format_of(item).codes
        values = [one.get(item.id) for one in given]
        if instrument.format_of(item).type == "several":
            columns, refused[item.id] = _ticked(values, codes)
            answers |= {f"{item.id}.{code}": column for code, column in columns.items()}
        elif all(isinstance(code, int) for code in codes):
            answers[item.id], refused[item.id] = _numbers(values, codes)
    return answers, _counts("missing-code", refused)


def _given(ballot: Mapping[str, object]) -> Mapping[str, object]:
    answers = ballot["answers"]
    return answers if isinstance(answers, Mapping) else {}


def _numbers(values: Sequence[object], codes: Collection[int | str]) -> tuple[FloatArray, int]:
    # `True == 1` in Python, and 1.0 too: only a whole number is a code.
    known = [type(value) is int and value in codes for value in values]
    column = np.array([v if ok else np.nan for v, ok in zip(values, known, strict=True)], dtype=np.float64)
    return column, sum(v is not None and not ok for v, ok in zip(values, known, strict=True))


def _ticked(
    values: Sequence[object], codes: Collection[int | str]
) -> tuple[dict[int | str, FloatArray], int]:
    fits = [isinstance(v, list) and all(type(c) in (int, str) and c in codes for c in v) for v in values]
    columns = {code: np.full(len(values), np.nan) for code in codes}
    for row, (value, ok) in enumerate(zip(values, fits, strict=True)):
        if ok and isinstance(value, list):
            for code, column in columns.items():
                column[row] = float(code in value)
    return columns, sum(v is not None and not ok for v, ok in zip(values, fits, strict=True))


def _divides(instrument: Instrument, item: Item) -> bool:
    """Whether an item puts pupils in groups: a background question with one answer, coded in numbers."""
    form = instrument.format_of(item)
    return item.scale is None and form.type == "one-of" and all(isinstance(c, int) for c in form.codes)


def is_group(option: Option) -> bool:
    """Whether an option of a background item makes a group, or is no answer to it."""
    return not any(words in NO_GROUP for words in option.label.values())


def _breakdown(instrument: Instrument, item: Item, answers: FloatArray) -> Breakdown:
    options = [option for option in instrument.format_of(item).options if is_group(option)]
    codes: IntArray = np.full(answers.shape, -1, dtype=np.int64)
    for place, option in enumerate(options):
        codes[answers == float(option.code)] = place
    groups = tuple(Group(str(option.code), option.label) for option in options)
    return Breakdown(item.id, item.label or item.text, groups, codes)


def _intersections(breakdowns: Sequence[Breakdown], n: int) -> tuple[str, ...]:
    """As many of `COMBINED` as leave pupils enough for each combination; two, or none."""
    sizes = {breakdown.id: len(breakdown.groups) for breakdown in breakdowns}
    chosen: list[str] = []
    combinations = 1
    for name in (name for name in COMBINED if name in sizes):
        combinations *= sizes[name]
        if n < PUPILS_PER_COMBINATION * combinations:
            break
        chosen.append(name)
    return tuple(chosen) if len(chosen) > 1 else ()


def _units(
    opened: Sequence[Mapping[str, object]], classes: Mapping[str, ClassPlace]
) -> tuple[dict[Level, Units], list[Exclusion]]:
    of_ballot = [classes.get(str(ballot["class"])) for ballot in opened]
    places = classes.values()
    found: dict[Level, Units] = {
        "grade": _level([p.grade if p else None for p in of_ballot], [(p.grade, p.size) for p in places]),
        "class": _level([p.name if p else None for p in of_ballot], [(p.name, p.size) for p in places]),
    }
    asked = max(len(opened), int(found["class"].asked.sum()))
    everyone = Units(("all",), np.zeros(len(opened), dtype=np.int64), np.array([asked]))
    unknown = {str(level): int((units.codes < 0).sum()) for level, units in found.items()}
    return {"all": everyone, **found}, _counts("no-unit", unknown)


def _whole(n: int, invited: int) -> tuple[dict[Level, Units], list[Exclusion]]:
    """Everyone together and nothing smaller; whatever class a ballot names is not read."""
    asked = max(n, invited) if invited else 0
    return {"all": Units(("all",), np.zeros(n, dtype=np.int64), np.array([asked]))}, []


def _level(of_ballot: Sequence[str | None], sizes: Sequence[tuple[str, int]]) -> Units:
    names = tuple(dict.fromkeys(name for name, _ in sizes))
    place = {name: i for i, name in enumerate(names)}
    codes = np.array([-1 if name is None else place[name] for name in of_ballot], dtype=np.int64)
    pupils = np.zeros(len(names), dtype=np.int64)
    for name, size in sizes:
        pupils[place[name]] += size
    ballots = np.bincount(codes[codes >= 0], minlength=len(names))
    return Units(names, codes, np.maximum(pupils, ballots))


def _discrimination(
    instrument: Instrument,
    scores: Mapping[str, FloatArray],
    answers: Mapping[str, FloatArray],
    majority: Majority,
) -> tuple[Discrimination | None, list[Exclusion]]:
    if DISCRIMINATION not in scores or majority.item not in answers:
        return None, []
    measure, origin = scores[DISCRIMINATION], answers[majority.item]
    item = instrument.items[majority.item]
    grouped = [float(o.code) for o in instrument.format_of(item).options if is_group(o)]
    is_majority = np.isin(origin, [float(code) for code in majority.codes]).astype(np.float64)
    is_much = np.where(np.isnan(measure), np.nan, (measure > LITTLE_UP_TO).astype(np.float64))
    label = instrument.scales[DISCRIMINATION].label
    found = Discrimination(
        is_much, np.where(np.isin(origin, grouped), is_majority, np.nan), LITTLE_UP_TO, label
    )
    unknown = {DISCRIMINATION: int(np.isnan(measure).sum())}
    return found, _counts("no-discrimination-answer", unknown)


def _hash(opened: Sequence[Mapping[str, object]], salt: bytes) -> str:
    texts = sorted(json.dumps(ballot, sort_keys=True).encode() for ballot in opened)
    return hashlib.sha256(b"\n".join((salt, *texts))).hexdigest()
