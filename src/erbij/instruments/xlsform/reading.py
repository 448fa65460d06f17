"""From an XLSForm workbook to the TOML files of an instrument, XLSForm as its specification of 2024 has it.

Read are `select_one` and `select_multiple`; whatever else a form asks is left out and named. Every language
comes in as not reviewed, whatever it was: nobody here read it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from erbij.errors import InstrumentError
from erbij.instruments.schema import Text
from erbij.instruments.xlsform import written
from erbij.instruments.xlsform.languages import code_of

UNREVIEWED = "machine, not reviewed"
TO_SAY = "?"
"""Stands where a person has to write what a form does not tell: whose words these are, and why one asks."""
MOST_QUESTIONS = 1000
Sheet = list[dict[str, str]]
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of an instrument by path, and the questions of the form that are not in it."""

    files: Mapping[str, bytes]
    left_out: tuple[str, ...]


def take(sheets: Mapping[str, Sheet], *, file: str, id_: str = "") -> Taken:
    """Make the files of an instrument out of the sheets of a form.

    Parameters
    ----------
    sheets
        By name, rows as column: cell; `survey` and `choices` are needed.
    file
        Its name, for errors.
    id_
        What the instrument is called; else the `form_id`.

    Raises
    ------
    InstrumentError
        A form without questions to choose an answer to, or with one whose choices are not there.
    """
    survey, choices = _sheet(sheets, "survey", file), _sheet(sheets, "choices", file)
    settings = next(iter(sheets.get("settings", [])), {})
    default = code_of("::" + settings.get("default_language", ""), "en")
    asked = [row for row in survey if row.get("type", "").split(" ")[0] in ("select_one", "select_multiple")]
    if not asked or len(asked) > MOST_QUESTIONS:
        allowed = [f"1 to {MOST_QUESTIONS} questions of select_one or select_multiple"]
        raise InstrumentError("asks nothing to choose from", where=(file, "survey"), allowed=allowed)
    own = {name: {row.get("id", ""): row for row in sheets.get(name, [])} for name in _OWN}
    facts = {row.get("key", ""): row.get("value", "") for row in sheets.get("erbij", [])}
    is_key = facts.get("status") == "key-only"
    if wordless := [row.get("name", "") for row in asked if not _texts(row, "label", default)]:
        raise InstrumentError("a question without words", where=(file, "survey"), found=wordless[0])
    lists = _lists(choices, default)
    top: Facts = _top(facts, settings, id_ or settings.get("form_id", "") or Path(file).stem)
    top["formats"] = _formats(asked, lists, own["erbij_formats"], file=file)
    top["items"] = [_item(row, own["erbij_items"], top["formats"], default) for row in asked]
    top["scales"] = _scales(own["erbij_scales"], top["items"])
    languages = sorted({each for item in top["items"] for each in item["text"]})
    left = tuple(row["name"] for row in survey if row not in asked and row.get("name"))
    return Taken(_files(top, [] if is_key else languages, is_key=is_key), left)


_OWN = ("erbij_items", "erbij_formats", "erbij_scales")


def _sheet(sheets: Mapping[str, Sheet], name: str, file: str) -> Sheet:
    if not sheets.get(name):
        raise InstrumentError(
            "not an XLSForm", where=(file,), found=sorted(sheets), allowed=["survey and choices"]
        )
    return sheets[name]


def _top(facts: Mapping[str, str], settings: Mapping[str, str], id_: str) -> Facts:
    title = _json(facts.get("title", "")) or settings.get("form_title") or id_
    return {
        "id": re.sub(r"[^A-Za-z0-9_-]+", "-", id_).strip("-")[:64] or "form",
        "version": settings.get("version") or TO_SAY,
        "status": facts.get("status") or "not-validated",
        "source": facts.get("source") or TO_SAY,
        "licence": facts.get("licence") or TO_SAY,
        "ages": facts.get("ages") or "8+",
        "audience": facts.get("audience") or "pupils",
        "main_scale": facts.get("main_scale") or "belonging",
        "min_share_answered": float(facts.get("min_share_answered") or 0.8),
        "title": title,
    }


def _lists(choices: Sheet, default: str) -> dict[str, list[Facts]]:
    lists: dict[str, list[Facts]] = {}
    for row in choices:
        options = lists.setdefault(row.get("list_name", ""), [])
        name = row.get("name", "")
        code: int | str = int(name) if re.fullmatch(r"-?\d{1,6}", name) else name
        options.append({"code": code, "label": _texts(row, "label", default)})
    return lists


def _formats(
    asked: Sheet, lists: Mapping[str, list[Facts]], own: Mapping[str, Mapping[str, str]], *, file: str
) -> dict[str, Facts]:
    # Lists that no question uses stay where the form is ours: an instrument may keep one.
    names = dict.fromkeys([*own, *(_list_of(row) for row in asked)])
    formats = {}
    for name in names:
        if name not in lists:
            raise InstrumentError(
                "no such list of choices", where=(file, "survey"), found=name, allowed=lists
            )
        said = own.get(name, {})
        several = any(_list_of(row) == name and row["type"].startswith("select_multiple") for row in asked)
        options = _in_order(lists[name], json.loads(said["codes"]) if said.get("codes") else [])
        kind = said.get("type") or ("several" if several else "rating" if _is_rating(options) else "one-of")
        missing = json.loads(said.get("missing_codes") or "[]")
        formats[name] = {"type": kind, "missing_codes": missing, "options": options}
    return formats


def _list_of(row: Mapping[str, str]) -> str:
    return [*row["type"].split(), ""][1]


def _in_order(options: list[Facts], codes: list[int | str]) -> list[Facts]:
    """The options as the instrument has them (`1` and 1 are two codes), or numbers from low to high."""
    if [str(code) for code in codes] == [str(option["code"]) for option in options]:
        return [{**option, "code": code} for option, code in zip(options, codes, strict=True)]
    if all(isinstance(option["code"], int) for option in options):
        return sorted(options, key=lambda option: int(option["code"]))
    return options


def _is_rating(options: list[Facts]) -> bool:
    codes = [option["code"] for option in options]
    steps = {high - low for low, high in pairwise(codes)} if _are_whole(codes) else set()
    return len(codes) > 2 and len(steps) == 1


def _are_whole(codes: list[Any]) -> bool:
    return all(isinstance(code, int) for code in codes)


def _item(
    row: Mapping[str, str], own: Mapping[str, Mapping[str, str]], formats: Mapping[str, Facts], default: str
) -> Facts:
    said, name = own.get(row.get("name", ""), {}), row.get("name", "")
    is_rated = formats[_list_of(row)]["type"] == "rating"
    item: Facts = {"id": name, "format": _list_of(row), "text": _texts(row, "label", default)}
    item |= {key: said[key] for key in ("scale", "facet", "source", "context") if said.get(key)}
    item |= {key: said.get(key) == "true" for key in ("reversed", "special_category")}
    item["on"] = said.get("on") != "false"
    item |= {key: _json(said[key]) for key in ("why", "label") if said.get(key)}
    if not said:
        item |= {"scale": "belonging"} if is_rated else {"why": _texts(row, "hint", default) or TO_SAY}
    return item


def _scales(own: Mapping[str, Mapping[str, str]], items: list[Facts]) -> dict[str, Facts]:
    if not own and any(item.get("scale") == "belonging" for item in items):
        return {"belonging": {"kind": "belonging", "label": TO_SAY}}
    scales = {}
    for name, said in own.items():
        scale: Facts = {"kind": said.get("kind", ""), "label": _json(said.get("label", "")) or TO_SAY}
        scale["line"] = float(said.get("line") or 50)
        scale["high_is_good"] = said.get("high_is_good") != "false"
        scales[name] = scale | {key: said[key] for key in ("opportunity", "domain") if said.get(key)}
    return scales


def _texts(row: Mapping[str, str], kind: str, default: str) -> Text:
    return {
        code_of(name, default): cell
        for name, cell in row.items()
        if cell and (name == kind or name.startswith(f"{kind}::"))
    }


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def _files(top: Facts, languages: list[str], *, is_key: bool) -> dict[str, bytes]:
    """One file with the languages in which all is said, and one for each in which only questions are."""
    label: object = next((scale["label"] for scale in top["scales"].values()), None)
    first = [each for each in languages if each in label] if isinstance(label, dict) else languages
    further = [each for each in languages if each not in first]
    files = {f"{top['id']}.toml": written.instrument(top, first, status=UNREVIEWED, is_key=is_key)}
    for each in further:
        files[f"{each}/{top['id']}.toml"] = written.translation(top, each, status=UNREVIEWED)
    return files
