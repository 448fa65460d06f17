"""The breakdowns of STUDY.toml: which codes or which range make which group."""

import math
from dataclasses import dataclass
from itertools import pairwise

from erbij.instruments.schema import Text
from erbij.studies.section import Code, Section
from erbij.studies.study import TOGETHER, Group

RESERVED = ("everyone", "discrimination", "intersections")


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group and what makes it: codes, or a range with both ends in it."""

    id: str
    label: Text
    codes: tuple[Code, ...] = ()
    low: float = -math.inf
    high: float = math.inf

    @property
    def group(self) -> Group:
        """The group as a study knows it."""
        return Group(self.id, self.label)


@dataclass(frozen=True, slots=True)
class BreakdownPlan:
    """A column and its groups, made by codes or by ranges of a number; `is_ordered`: from less to more."""

    id: str
    column: str
    label: Text
    groups: tuple[GroupPlan, ...]
    missing: tuple[Code, ...]
    reference: str | None
    has_ranges: bool
    is_ordered: bool = False


def read_breakdowns(section: Section) -> tuple[BreakdownPlan, ...]:
    """All breakdowns, in the order of the file."""
    return tuple(_breakdown(section, key) for key in section.values)


def same(code: object) -> float | str:
    """What a code is when written otherwise: 1, 1.0, "1" and "01" are one code.

    >>> same(1), same("01"), same(" yes ")
    (1.0, 1.0, 'yes')
    """
    if isinstance(code, str):
        text = code.strip()
        # "nan" and "inf" are words here, and so is "1_000".
        is_number = text[:1] in "+-.0123456789" and text[-1:].isdigit() and "_" not in text
        try:
            return float(text) if is_number and text.isascii() else text
        except ValueError:
            return text
    return float(str(code))


def _check_ids(section: Section, ids: list[str]) -> None:
    for group in ids:
        if ids.count(group) > 1:
            section.refuse("a group id that stands there twice", "groups", found=group)
        if group == TOGETHER:
            section.refuse(
                "a name that Erbij itself uses", "groups", found=group, advice="Choose another id."
            )
    if len(ids) < 2:
        section.refuse("needs two groups or more", "groups", found=ids)


def _breakdown(parent: Section, key: str) -> BreakdownPlan:
    if parent.check_id(key, key) in RESERVED:
        parent.refuse("a name that Erbij itself uses", key, found=key, advice="Choose another id.")
    section = parent.table(key)
    section.check_keys(required=["column", "label", "groups"], optional=["missing", "reference", "ordered"])
    groups = tuple(_group(inner) for inner in section.listed_tables("groups"))
    ids = [group.id for group in groups]
    _check_ids(section, ids)
    reference = section.words_if_any("reference")
    if reference is not None and reference not in ids:
        section.refuse("no such group", "reference", found=reference, allowed=ids)
    has_ranges = not groups[0].codes
    if any((not group.codes) != has_ranges for group in groups):
        section.refuse("mixes codes and ranges", "groups", advice="Make all groups in one of the two ways.")
    missing = section.codes("missing")
    if has_ranges:
        _check_ranges(section, groups)
    else:
        _check_codes(section, groups, missing)
    label, column = section.text("label"), section.words("column")
    is_ordered = section.is_so("ordered")
    return BreakdownPlan(key, column, label, groups, missing, reference, has_ranges, is_ordered)


def _group(section: Section) -> GroupPlan:
    section.check_keys(required=["id", "label"], optional=["codes", "from", "up_to"])
    name, label = section.an_id("id"), section.text("label")
    has_range = "from" in section.values or "up_to" in section.values
    if has_range == ("codes" in section.values):
        section.refuse("needs either codes or a range", allowed=("codes = [...]", "from = ..., up_to = ..."))
    if not has_range:
        codes = section.codes("codes")
        return GroupPlan(name, label, codes) if codes else section.refuse("holds nothing", "codes")
    low = section.number("from") if "from" in section.values else -math.inf
    high = section.number("up_to") if "up_to" in section.values else math.inf
    if low > high:
        section.refuse("from lies above up_to", "from", found=low, allowed=[f"at most {high:g}"])
    return GroupPlan(name, label, (), low, high)


def _check_ranges(section: Section, groups: tuple[GroupPlan, ...]) -> None:
    ordered = sorted(groups, key=lambda group: group.low)
    for lower, upper in pairwise(ordered):
        if upper.low <= lower.high:
            section.refuse(
                "ranges that overlap",
                "groups",
                found=f"{lower.id} up to {lower.high:g}, {upper.id} from {upper.low:g}",
                advice="Both ends belong to the range: let the next one start just above.",
            )


def _check_codes(section: Section, groups: tuple[GroupPlan, ...], missing: tuple[Code, ...]) -> None:
    owner = {same(code): "missing" for code in missing}
    for group in groups:
        for code in group.codes:
            if same(code) in owner:
                section.refuse(
                    "a code that stands there twice",
                    "groups",
                    found=code,
                    advice=f"It is in {owner[same(code)]} and in {group.id}.",
                )
            owner[same(code)] = group.id
