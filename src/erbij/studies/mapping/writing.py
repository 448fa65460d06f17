"""A guess as a STUDY.toml that a person can read and correct."""

import json
import re
from collections.abc import Iterator

from erbij.instruments.schema import Item, Text
from erbij.studies.mapping.guess import Column, Guess
from erbij.studies.section import LANGUAGES

SURE = 0.9
_WHY = {
    "person": "may tell who somebody is",
    "time": "tells when somebody answered",
    "tool": "of the survey tool itself",
    "not-asked": "asks nothing of the instrument",
    "too-many-units": "has too few pupils for each value to be classes",
    "small-units": "has a value that fewer than three pupils share",
    "special": "is a special category of data (GDPR art. 9): add it only where your school may",
}


def to_toml(found: Guess, *, title: str, asked: int | None = None, others_are_missing: bool = False) -> str:
    """Write the guess; what is not sure has a remark, and what is left out is named with its reason.

    Parameters
    ----------
    asked
        How many were asked, where that is known.
    others_are_missing
        Whether answers that no list knows count as none.
    """
    parts = [
        _head(found, title),
        _items(found),
        *_answers(found),
        "[missing]\nothers = true\n" if others_are_missing else "",
        _units(found),
        f"[asked]\nall = {asked}\n" if asked else "",
        *_breakdowns(found),
        _rest(found, others_are_missing=others_are_missing),
    ]
    return "\n".join(part for part in parts if part)


def _head(found: Guess, title: str) -> str:
    layout = found.layout
    lines = [
        "# A guess of `erbij map`. Look at every line: what is not sure says so.",
        "[study]",
        f"title = {_quoted(title)}",
        f"instrument = {_quoted(found.instrument.id)}",
    ]
    said = {"delimiter": layout.delimiter, "encoding": layout.encoding, "sheet": layout.sheet}
    file = [f"{key} = {_quoted(value)}" for key, value in said.items() if value]
    file += [f"skip = {layout.skip}  # rows below the names that are no pupils"] if layout.skip else []
    return "\n".join([*lines, *(["", "[file]", *file] if file else []), ""])


def _items(found: Guess) -> str:
    lines = [
        f"{_quoted(item)} = {_quoted(column.name)}{_doubt(column)}" for item, column in found.items.items()
    ]
    main = found.instrument.scales[found.instrument.main_scale].items
    absent = [item for item in main if item not in found.items]
    lines += [f"# {_quoted(item)} = ?  # no column found" for item in absent]
    return "\n".join(["[items]", *lines, ""])


def _doubt(column: Column) -> str:
    return "" if column.sure >= SURE else f"  # {column.sure:.0%} sure"


def _answers(found: Guess) -> Iterator[str]:
    for form in dict.fromkeys((*found.answers, *found.unclear)):
        lines = [f"{_quoted(label)} = {_said(code)}" for label, code in found.answers.get(form, {}).items()]
        lines += [f"# {_quoted(label)} = ?  # which code?" for label in found.unclear.get(form, ())]
        yield "\n".join([f"[answers.{_key(form)}]", *lines, ""])


def _said(code: int | str) -> str:
    return _quoted(code) if isinstance(code, str) else str(code)


def _units(found: Guess) -> str:
    lines = [
        f"{column.target} = {_quoted(column.name)}{_doubt(column)}"
        for column in found.columns
        if column.role == "unit"
    ]
    return "\n".join(["[units]", *lines, ""]) if lines else ""


def _breakdowns(found: Guess) -> Iterator[str]:
    for item, column in background(found):
        form = found.instrument.format_of(item)
        missing = [code for code in form.codes if isinstance(code, int) and code >= 9]
        groups = [option for option in form.options if option.code not in missing]
        lines = [
            f"  {{ id = {_quoted(_id(option.label, option.code))}, codes = [{option.code}],"
            f" label = {_words(option.label)} }},"
            for option in groups
        ]
        yield "\n".join(
            [
                f"[breakdowns.{_key(item.id)}]",
                f"column = {_quoted(column.name)}",
                f"label = {_words(item.label or item.text)}",
                *([f"missing = {missing}"] if missing else []),
                "groups = [",
                *lines,
                "]",
                "",
            ]
        )


def background(found: Guess) -> Iterator[tuple[Item, Column]]:
    """Items that pupils may be divided by, but for those of a special category."""
    for key, column in found.items.items():
        item = found.instrument.items.get(key)
        if item is not None and item.scale is None and not item.special_category:
            form = found.instrument.format_of(item)
            if form.type == "one-of" and all(isinstance(code, int) for code in form.codes):
                yield item, column


def left_out(found: Guess) -> Iterator[tuple[str, str]]:
    """Each column that is not used as a division or an answer, and why."""
    for column in found.columns:
        if column.role in ("left-out", "not-known"):
            yield column.name, _WHY[column.why]
        elif (item := found.instrument.items.get(column.target)) and item.special_category:
            yield column.name, _WHY["special"]


def _rest(found: Guess, *, others_are_missing: bool) -> str:
    lines = [f"#   {_quoted(name)}: {why}" for name, why in left_out(found)]
    what = "count as none" if others_are_missing else "have no code; `erbij report` names their rows"
    lines += [f"# {found.rare} other answers {what}."] if found.rare else []
    return "\n".join(["# Left out:", *lines, ""]) if lines else ""


def _id(label: Text, code: int | str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.get("en", "").lower()).strip("-")[:40] or f"code-{code}"


def _words(text: Text) -> str:
    given = [f"{language} = {_quoted(text[language])}" for language in LANGUAGES if text.get(language)]
    return "{ " + ", ".join(given) + " }" if given else '"?"'


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    # JSON escapes what TOML must; the sign 127 is the one that only TOML refuses.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
