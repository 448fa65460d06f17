"""From a TOML file to an Opportunity. The layout, key by key: docs/actions.md."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast, get_args

from erbij.actions.opportunity import (
    NO_REFERENCE,
    NOT_STUDIED,
    NOT_TOLD,
    SEVERAL,
    Action,
    Changes,
    Design,
    Effect,
    Evidence,
    Fits,
    Opportunity,
    Place,
    Seen,
    Strength,
)
from erbij.errors import ActionError, ErbijError
from erbij.instruments import fields
from erbij.instruments.reading import OPPORTUNITIES
from erbij.words import LANGUAGES

_WORDS = ("title", "what", "first_step", "who", "risk", "sign")
_REASONED = "reasoned"


@dataclass(frozen=True, slots=True)
class Table(fields.Table):
    """A table of an opportunity or a scan, asked for its keys one at a time."""

    error: ClassVar[type[ErbijError]] = ActionError
    guide: ClassVar[str] = "docs/actions.md shows the layout."

    def names(self, key: str, allowed: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of short words, each once; empty where the key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or any(not isinstance(one, str) or not one for one in value):
            self.refuse("must be a list of words", key, found=value)
        if len(set(value)) < len(value):
            self.refuse("a word stands twice", key, found=value)
        known = tuple(allowed)
        for one in value:
            if known and one not in known:
                self.refuse("not a value of this key", key, found=one, allowed=known)
        return tuple(value)

    def span(self, key: str) -> tuple[float, float]:
        """A lowest and a highest number, neither below 0."""
        value = self.values[key]
        ends = [float(one) for one in value if fields.is_number(one)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(value) != 2 or len(ends) != 2 or not 0 <= ends[0] <= ends[1]:
            self.refuse("must be the lowest and the highest", key, found=value, allowed=["[10, 40]"])
        return ends[0], ends[1]

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words; the key is there."""
        return self.choice(key, allowed) or ""


def read(path: Path) -> Opportunity:
    """Read and check one file of actions.

    Raises
    ------
    ActionError
        At the first thing that is not as docs/actions.md says; `actions[1]` is the first action.
    """
    top = opened(path)
    top.check_keys(("opportunity", "evidence", "actions"))
    if top.one_of("opportunity", OPPORTUNITIES) != path.stem:
        top.refuse("is not the name of the file", "opportunity", found=top.values["opportunity"])
    evidence = {name: _evidence(table, name) for name, table in top.named_tables("evidence").items()}
    actions: dict[str, Action] = {}
    for table in top.listed_tables("actions"):
        action = _action(table, path.stem, evidence)
        if action.id in actions:
            table.refuse("the id stands twice", "id", found=action.id)
        actions[action.id] = action
    _check_used(top, evidence, actions.values())
    return Opportunity(path.stem, actions)


def opened(path: Path) -> Table:
    """The whole file as a table that knows its languages."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise ActionError("can't be opened", where=(path.name,), found=problem.strerror) from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ActionError(f"not TOML in UTF-8 ({problem})", where=(path.name,)) from problem
    return Table((path.name,), "", values, LANGUAGES)


def _evidence(table: Table, name: str) -> Evidence:
    needed = ("strength", "design", "country", "source", "reference", "seen", "belonging")
    table.check_keys((*needed, "outcome", "effect"), ("number",))
    found = Evidence(
        id=name,
        strength=cast(Strength, table.one_of("strength", get_args(Strength))),
        design=cast(Design, table.one_of("design", get_args(Design))),
        country=_countries(table),
        source=table.words("source"),
        reference=table.words("reference"),
        seen=cast(Seen, table.one_of("seen", get_args(Seen))),
        belonging=table.is_so("belonging"),
        outcome=table.text("outcome"),
        effect=table.text("effect"),
        number=_effect(table.table("number")) if "number" in table.values else None,
    )
    _check_honest(table, found)
    return found


def _countries(table: Table) -> tuple[str, ...]:
    found = table.names("country")
    special = (SEVERAL, NOT_TOLD, NOT_STUDIED)
    if not found:
        table.refuse("names no country", "country", allowed=("BE", *special))
    for one in found:
        if one not in special and not (len(one) == 2 and one.isascii() and one.isupper()):
            table.refuse("not a country", "country", found=one, allowed=("BE", *special))
    return found


def _check_honest(table: Table, found: Evidence) -> None:
    """What has no evidence says so in every field, and nothing that has any pretends to have none."""
    says_none = (
        found.strength == "none",
        found.design == _REASONED,
        found.country == (NOT_STUDIED,),
        found.reference == NO_REFERENCE,
    )
    if any(says_none) and not all(says_none):
        table.refuse(
            "says in one place that nobody studied it, and not in another",
            found=[found.strength, found.design, *found.country, found.reference],
            allowed=[f"none, {_REASONED}, {NOT_STUDIED}, {NO_REFERENCE}"],
        )


def _effect(table: Table) -> Effect:
    table.check_keys(("measure", "value"), ("low", "high"))
    if ("low" in table.values) != ("high" in table.values):
        table.refuse("an interval has two ends", found=dict(table.values))
    value = table.number("value")
    low, high = (table.number(end) if end in table.values else None for end in ("low", "high"))
    if low is not None and high is not None and not low <= value <= high:
        table.refuse("lies outside its interval", "value", found=value)
    return Effect(table.words("measure"), value, low, high)


def _action(table: Table, opportunity: str, evidence: Mapping[str, Evidence]) -> Action:
    if isinstance(name := table.values.get("id"), str):
        table = table.within(f"action {name}")
    table.check_keys(("id", "changes", "place", "hours", "money", "evidence", "fits", *_WORDS), ("with",))
    action = Action(
        id=table.an_id("id"),
        opportunity=opportunity,
        changes=cast(Changes, table.one_of("changes", get_args(Changes))),
        with_=table.names("with"),
        place=cast(Place, table.one_of("place", get_args(Place))),
        hours=table.span("hours"),
        money=table.span("money"),
        fits=_fits(table.table("fits")),
        evidence=tuple(evidence[one] for one in table.names("evidence", evidence)),
        **{word: table.text(word) for word in _WORDS},
    )
    if not action.evidence:
        table.refuse("names no evidence", "evidence", allowed=evidence)
    if action.changes == "pupils" and not action.with_:
        advice = "Name in `with` actions that change what the school affords."
        table.refuse("an action on pupils never stands alone", "with", advice=advice)
    return action


def _fits(table: Table) -> Fits:
    table.check_keys(("breakdowns", "parts", "scales", "discrimination"))
    fits = Fits(
        table.names("breakdowns"),
        table.names("parts"),
        table.names("scales"),
        table.is_so("discrimination"),
    )
    if not (fits.breakdowns or fits.parts or fits.scales):
        table.refuse("fits nothing")
    return fits


def _check_used(top: Table, evidence: Mapping[str, Evidence], actions: Iterable[Action]) -> None:
    used = {one.id for action in actions for one in action.evidence}
    if idle := evidence.keys() - used:
        top.refuse("is used by no action", "evidence", found=sorted(idle))
