"""A guess, corrected by somebody who knows the file: what each column is, and what answers in words mean."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal

from erbij.instruments.schema import Instrument
from erbij.studies.mapping import guess as guesses
from erbij.studies.mapping import matching
from erbij.studies.mapping.export import Export
from erbij.studies.mapping.guess import SHOWN_FROM, Column, Guess
from erbij.studies.study import LEVELS

MOST_UNITS = 200
"""With more the protection takes longer than somebody waits for a page."""
NOTHING = ""
"""What a column is that is left out."""

Reason = Literal["shut", "twice", "no-units", "small-units", "no-such"]
"""Why a column can't be that: it stays shut, another one is it too, it has too many values to be classes, a
value of it stands for fewer than three pupils, or nothing is called so."""


def uses(instrument: Instrument) -> tuple[str, ...]:
    """What a column can be: `item:ITEM` but for special categories (GDPR art. 9), or `unit:LEVEL`."""
    special = {item.id for item in instrument.items.values() if item.special_category}
    keys = [key for key in matching.keys(instrument) if key.partition(".")[0] not in special]
    known = [key for key in keys if "." in key or _has_codes(instrument, key)]
    return (*(f"item:{key}" for key in known), *(f"unit:{level}" for level in LEVELS[1:]))


def _has_codes(instrument: Instrument, key: str) -> bool:
    form = instrument.format_of(instrument.items[key])
    return form.type == "several" or all(isinstance(code, int) for code in form.codes)


def use_of(column: Column) -> str:
    """What a guess takes a column for, as `uses` names it."""
    return f"{column.role}:{column.target}" if column.role in ("item", "unit") else NOTHING


def careful(given: Export, found: Guess) -> Guess:
    """The guess without special categories of data, and without units that may point at a few pupils."""
    allowed = uses(found.instrument)
    why = {column.name: _why_not(given, column, allowed) for column in found.columns}
    columns = tuple(
        Column(column.name, "left-out", why=why[column.name]) if why[column.name] else column
        for column in found.columns
    )
    return guesses.with_columns(given, found.instrument, columns)


def _why_not(given: Export, column: Column, allowed: Collection[str]) -> str:
    if (use := use_of(column)) and use not in allowed:
        return "special"
    if column.role == "unit" and has_too_many_units(given, column.name):
        return "too-many-units"
    return "small-units" if column.role == "unit" and has_small_units(given, column.name) else ""


def has_too_many_units(given: Export, column: str) -> bool:
    """Whether a column has more values than a school has classes, or one for nearly every pupil."""
    return not given.repeats(column) or given.answers[column].n_unique() > MOST_UNITS


def has_small_units(given: Export, column: str) -> bool:
    """Whether a value of a column stands for fewer pupils than may be told of."""
    counts = given.answers[column].drop_nulls().value_counts()
    return bool((counts["count"] < SHOWN_FROM).any())


def wrong(given: Export, instrument: Instrument, chosen: Mapping[str, str]) -> dict[str, Reason]:
    """Which columns can't be what was chosen for them, and why.

    Parameters
    ----------
    chosen
        By column what it is, as `uses` names it, or `NOTHING`.
    """
    known, taken = uses(instrument), list(chosen.values())
    found: dict[str, Reason] = {}
    for name, use in chosen.items():
        if use == NOTHING:
            continue
        if name not in given.out or use not in known:
            found[name] = "no-such"
        elif given.out[name]:
            found[name] = "shut"
        elif taken.count(use) > 1:
            found[name] = "twice"
        elif use.startswith("unit:"):
            found |= _wrong_units(given, name)
    return found


def _wrong_units(given: Export, name: str) -> dict[str, Reason]:
    if has_too_many_units(given, name):
        return {name: "no-units"}
    return {name: "small-units"} if has_small_units(given, name) else {}


def with_uses(given: Export, found: Guess, chosen: Mapping[str, str]) -> Guess:
    """The guess with what was chosen, in which `wrong` finds nothing; other columns are left out."""
    columns = tuple(_used(column, chosen.get(column.name, NOTHING)) for column in found.columns)
    return guesses.with_columns(given, found.instrument, columns)


def _used(column: Column, use: str) -> Column:
    if use == use_of(column):
        return column
    kind, _, target = use.partition(":")
    if kind == "item":
        return Column(column.name, "item", target)
    if kind == "unit":
        return Column(column.name, "unit", target)
    return Column(column.name, "not-known", sure=0.0, why="not-asked")


def with_codes(found: Guess, codes: Mapping[str, Mapping[str, int | str | None]]) -> Guess:
    """The guess with codes for answers that had none, by format; None for an answer that is no answer."""
    answers = {form: {**known} for form, known in found.answers.items()}
    for form, given in codes.items():
        answers.setdefault(form, {}).update({w: c for w, c in given.items() if c is not None})
    unclear = {
        form: tuple(word for word in words if word not in codes.get(form, {}))
        for form, words in found.unclear.items()
    }
    left = {form: words for form, words in unclear.items() if words}
    return replace(found, answers={form: known for form, known in answers.items() if known}, unclear=left)
