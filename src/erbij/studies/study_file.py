"""STUDY.toml: which columns are what. docs/study-toml.md describes every key."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from erbij.errors import StudyError
from erbij.instruments.schema import Text
from erbij.studies.breakdown_plan import BreakdownPlan, read_breakdowns
from erbij.studies.outcome_plan import OutcomePlan, read_outcomes
from erbij.studies.section import LANGUAGES, Code, Section
from erbij.studies.study import LEVELS, Level
from erbij.studies.table import FileLayout

LARGEST = 2**20
SECTIONS = (
    "file",
    "items",
    "answers",
    "missing",
    "units",
    "asked",
    "breakdowns",
    "weights",
    "discrimination",
    "intersections",
    "outcomes",
    "policy",
)


@dataclass(frozen=True, slots=True)
class WeightPlan:
    """Columns of the sampling design. `replicates` is the prefix of columns numbered from 1."""

    column: str
    replicates: str | None = None
    fay: float = 0.0
    clusters: str | None = None


@dataclass(frozen=True, slots=True)
class DiscriminationPlan:
    """The measure of discrimination, a column or a scale, and who is the majority."""

    label: Text
    little_up_to: float
    majority_breakdown: str
    majority_groups: tuple[str, ...]
    column: str | None = None
    scale: str | None = None
    missing: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyFile:
    """STUDY.toml as read, before any answer is seen."""

    path: Path
    title: Text
    instrument: str
    attribution: str
    is_made_up: bool
    layout: FileLayout
    item_columns: Mapping[str, str]
    answers: Mapping[str, Mapping[str, int | str]]
    missing: tuple[Code, ...]
    others_are_missing: bool
    unit_columns: Mapping[Level, str]
    asked: Mapping[Level, Mapping[str, int]]
    breakdowns: tuple[BreakdownPlan, ...]
    weights: WeightPlan | None
    discrimination: DiscriminationPlan | None
    intersections: tuple[str, ...]
    outcomes: tuple[OutcomePlan, ...]
    policy: Mapping[str, object]


def read_study_file(path: str | Path) -> StudyFile:
    """Read STUDY.toml and refuse whatever it should not say.

    Raises
    ------
    StudyError
        Naming file and key, what was found and what is allowed.
    """
    path = Path(path)
    return _read(path, _parsed(path, _content(path)))


def parse(text: str, *, name: str = "STUDY.toml") -> StudyFile:
    """Read the text of a STUDY.toml that stands nowhere; `name` is for errors, which are those of a file."""
    path = Path(name)
    return _read(path, _parsed(path, text.encode()))


def _read(path: Path, values: dict[str, object]) -> StudyFile:
    top = Section((path.name,), "", values, LANGUAGES)
    top.check_keys(required=["study"], optional=SECTIONS)
    study = top.table("study")
    study.check_keys(required=["title", "instrument"], optional=["attribution", "made_up"])
    breakdowns = read_breakdowns(top.table_if_any("breakdowns"))
    return StudyFile(
        path=path,
        title=study.text("title"),
        instrument=study.words("instrument"),
        attribution=study.words_if_any("attribution") or "",
        is_made_up=study.is_so("made_up"),
        layout=_layout(top.table_if_any("file")),
        item_columns=_item_columns(top.table_if_any("items")),
        answers=_answers(top.table_if_any("answers")),
        missing=_missing(top.table_if_any("missing")),
        others_are_missing=top.table_if_any("missing").is_so("others"),
        unit_columns=_unit_columns(top.table_if_any("units")),
        asked=_asked(top.table_if_any("asked"), top.table_if_any("units")),
        breakdowns=breakdowns,
        weights=_weights(top.table("weights")) if "weights" in top.values else None,
        discrimination=(
            _discrimination(top.table("discrimination"), breakdowns)
            if "discrimination" in top.values
            else None
        ),
        intersections=_intersections(top.table_if_any("intersections"), breakdowns),
        outcomes=read_outcomes(top.table_if_any("outcomes")),
        policy=top.table_if_any("policy").values,
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise StudyError("can't be opened", where=(str(path),), found=error.strerror) from error


def _parsed(path: Path, raw: bytes) -> dict[str, object]:
    if len(raw) > LARGEST:
        raise StudyError("too large", where=(str(path),), allowed=[f"at most {LARGEST} bytes"])
    try:
        # utf-8-sig: Notepad puts a mark at the start that TOML does not know.
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StudyError(
            "not TOML in UTF-8",
            where=(path.name,),
            found=str(error),
            advice="docs/study-toml.md has a whole example.",
        ) from error


def _layout(section: Section) -> FileLayout:
    section.check_keys(optional=["delimiter", "encoding", "sheet", "skip"])
    delimiter = section.values.get("delimiter")
    if delimiter is not None and not (isinstance(delimiter, str) and len(delimiter) == 1):
        section.refuse("must be one sign", "delimiter", found=delimiter, allowed=('","', '";"', '"\\t"'))
    skip = section.count("skip") if "skip" in section.values else 0
    return FileLayout(delimiter, section.words_if_any("encoding"), section.words_if_any("sheet"), skip)


def _item_columns(section: Section) -> dict[str, str]:
    columns = {item: section.words(item) for item in section.values}
    for item, column in columns.items():
        if list(columns.values()).count(column) > 1:
            section.refuse("a column that serves two items", item, found=column)
    return columns


def _answers(section: Section) -> dict[str, Mapping[str, int | str]]:
    """The code of each answer that is written in words, by the format of the instrument."""
    return {form: _codes(section.table(form)) for form in section.values}


def _codes(section: Section) -> dict[str, int | str]:
    return {label: _code(section, label, code) for label, code in section.values.items()}


def _code(section: Section, label: str, code: object) -> int | str:
    if isinstance(code, bool) or not isinstance(code, int | str):
        section.refuse("must be a code", label, found=code, allowed=["a whole number", "a string"])
    return code


def _missing(section: Section) -> tuple[Code, ...]:
    section.check_keys(optional=["codes", "others"])
    return section.codes("codes")


def _unit_columns(section: Section) -> dict[Level, str]:
    section.check_keys(optional=LEVELS[1:])
    return {level: section.words(level) for level in LEVELS[1:] if level in section.values}


def _asked(section: Section, units: Section) -> dict[Level, Mapping[str, int]]:
    section.check_keys(optional=LEVELS)
    asked: dict[Level, Mapping[str, int]] = {}
    if "all" in section.values:
        asked["all"] = {"all": section.count("all")}
    for level in LEVELS[1:]:
        if level not in section.values:
            continue
        if level not in units.values:
            known = ("all", *units.values)
            section.refuse("a level without a column under [units]", level, found=level, allowed=known)
        table = section.table(level)
        asked[level] = {name: table.count(name) for name in table.values}
    return asked


def _weights(section: Section) -> WeightPlan:
    section.check_keys(required=["column"], optional=["replicates", "fay", "clusters"])
    replicates, clusters = section.words_if_any("replicates"), section.words_if_any("clusters")
    fay = section.number("fay", default=0.0)
    if not 0 <= fay < 1:
        section.refuse("out of range", "fay", found=fay, allowed=["0 <= fay < 1"])
    if "fay" in section.values and replicates is None:
        section.refuse("needs replicates", "fay", advice="Name the prefix of the replicate weights.")
    if replicates is not None and clusters is not None:
        section.refuse(
            "can't stand beside replicates", "clusters", advice="Replicates tell already how it was drawn."
        )
    return WeightPlan(section.words("column"), replicates, fay, clusters)


def _intersections(section: Section, breakdowns: tuple[BreakdownPlan, ...]) -> tuple[str, ...]:
    section.check_keys(optional=["breakdowns"])
    named = tuple(str(name) for name in section.codes("breakdowns"))
    known = tuple(plan.id for plan in breakdowns)
    unknown = [name for name in named if name not in known]
    if unknown or len(set(named)) < len(named) or len(named) == 1:
        section.refuse(
            "must name two different breakdowns or more", "breakdowns", found=unknown or named, allowed=known
        )
    return named


def _discrimination(section: Section, breakdowns: tuple[BreakdownPlan, ...]) -> DiscriminationPlan:
    section.check_keys(
        required=["little_up_to", "label", "majority"], optional=["column", "scale", "missing"]
    )
    column, scale = section.words_if_any("column"), section.words_if_any("scale")
    if (column is None) == (scale is None):
        section.refuse("needs either column or scale", found=sorted(section.values))
    if scale is not None and "missing" in section.values:
        section.refuse("goes with column only", "missing", advice="A scale has the codes of its items.")
    majority = section.table("majority")
    majority.check_keys(required=["breakdown", "groups"])
    known = {plan.id: plan for plan in breakdowns}
    breakdown = majority.words("breakdown")
    if breakdown not in known:
        majority.refuse("no such breakdown", "breakdown", found=breakdown, allowed=known)
    groups = majority.codes("groups")
    ids = [group.id for group in known[breakdown].groups]
    unknown = [group for group in groups if group not in ids]
    if unknown or not groups or len(set(groups)) == len(ids):
        majority.refuse(
            "must name some of the groups, not all", "groups", found=unknown or list(groups), allowed=ids
        )
    return DiscriminationPlan(
        label=section.text("label"),
        little_up_to=section.number("little_up_to"),
        majority_breakdown=breakdown,
        majority_groups=tuple(str(group) for group in groups),
        column=column,
        scale=scale,
        missing=section.codes("missing"),
    )
