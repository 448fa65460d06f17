"""From a TOML file to an Instrument. The layout, key by key: docs/instruments.md."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from erbij.errors import InstrumentError
from erbij.instruments.fields import ID, ID_ALLOWED, Table
from erbij.instruments.schema import (
    AnswerFormat,
    Audience,
    Context,
    Facet,
    FormatType,
    Instrument,
    Item,
    Option,
    Scale,
    ScaleKind,
    Source,
    Status,
    TranslationStatus,
)

LANGUAGES = ("nl", "en", "fr")
OPPORTUNITIES = ("teams", "curriculum", "welcome", "environment", "co-creation")
DOMAINS = ("psychological", "social", "academic")
PARTS = {"facet": get_args(Facet), "source": get_args(Source), "context": get_args(Context)}

_TOP = (
    "id",
    "version",
    "status",
    "source",
    "licence",
    "ages",
    "main_scale",
    "title",
    "formats",
    "scales",
    "items",
)
_ITEM_OPTIONAL = (
    "scale",
    "facet",
    "source",
    "context",
    "reversed",
    "special_category",
    "on",
    "text",
    "why",
    "label",
)
_FEWEST_OPTIONS = 2


def read(path: Path) -> Instrument:
    """Read and check one instrument file.

    Parameters
    ----------
    path
        A TOML file in UTF-8, named after the id in it.

    Returns
    -------
    Instrument
        With the parts of the main scale (`facet-...`, `source-...`, `context-...`) as scales of their own.

    Raises
    ------
    InstrumentError
        At the first thing that is not as docs/instruments.md says; `items[1]` is the first item.

    Examples
    --------
    >>> from erbij.instruments import registry
    >>> registry.load("pssm").scales["belonging"].items[:3]
    ('pssm01', 'pssm02', 'pssm03')
    """
    top, status, translations = _head(path)
    formats = {name: _format(table, name, status) for name, table in top.named_tables("formats").items()}
    items = _items(top, formats, status)
    scales, main_scale = _scales(top, items, formats=formats)
    return Instrument(
        id=path.stem,
        version=top.words("version"),
        status=status,
        title=top.text("title"),
        source=top.words("source"),
        licence=top.words("licence"),
        ages=_ages(top),
        main_scale=main_scale,
        formats=formats,
        items=items,
        scales=scales,
        translations=translations,
        min_share_answered=top.number("min_share_answered", default=0.8, above=0.0, up_to=1.0),
        audience=cast("Audience | None", top.choice("audience", get_args(Audience))) or "pupils",
    )


def _head(path: Path) -> tuple[Table, Status, dict[str, TranslationStatus]]:
    """The whole file as a table that knows its languages, with what rules the rest of it."""
    top = Table((path.name,), "", parsed(path))
    top.check_keys(_TOP, ("audience", "min_share_answered", "translations"))
    if top.words("id") != path.stem:
        top.refuse("the id is not the name of the file", "id", found=top.values["id"], allowed=[path.stem])
    status = cast(Status, top.choice("status", get_args(Status)))
    translations = _translations(top, status)
    return replace(top, languages=tuple(translations) or LANGUAGES), status, translations


def parsed(path: Path) -> dict[str, object]:
    """The tables of a TOML file, or an error that names what is wrong with it."""
    try:
        # "utf-8-sig": some editors on Windows put a byte order mark in front.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as problem:
        raise InstrumentError(f"can't be opened ({problem.strerror})", where=[str(path)]) from problem
    except UnicodeDecodeError as problem:
        raise InstrumentError(
            f"byte {problem.start} is not UTF-8", where=[path.name], advice="Save the file as UTF-8."
        ) from problem
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InstrumentError(f"not TOML ({problem})", where=[path.name]) from problem


def _translations(top: Table, status: Status) -> dict[str, TranslationStatus]:
    table = top.table_if_any("translations")
    if status == "key-only" and table.values:
        top.refuse("a key-only instrument has no translations", "translations", found=dict(table.values))
    if status != "key-only" and not table.values:
        top.refuse("names no language", "translations", allowed=get_args(TranslationStatus))
    for language in table.values:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", language):
            table.refuse("not a language code", language, found=language, allowed=LANGUAGES)
    return {
        language: cast(TranslationStatus, table.choice(language, get_args(TranslationStatus)))
        for language in table.values
    }


def _format(table: Table, name: str, status: Status) -> AnswerFormat:
    table.check_keys(("type", "options"), ("missing_codes",))
    form = AnswerFormat(
        id=name,
        type=cast(FormatType, table.choice("type", get_args(FormatType))),
        options=tuple(_option(option, status) for option in table.listed_tables("options")),
        missing_codes=table.whole_numbers("missing_codes"),
    )
    if len(form.options) < _FEWEST_OPTIONS:
        table.refuse("needs two options or more", "options", found=form.codes)
    if len(set(form.codes)) < len(form.codes):
        table.refuse("a code stands twice", "options", found=form.codes)
    if form.type == "rating":
        _check_rating(table, form.codes)
    if both := set(form.codes) & set(form.missing_codes):
        table.refuse(
            "a code can't be an answer and stand for no answer", "missing_codes", found=sorted(map(str, both))
        )
    return form


def _option(table: Table, status: Status) -> Option:
    languages = () if status == "key-only" else table.languages
    if status == "key-only" and len(table.values) > 1:
        table.refuse("a key-only instrument has no labels", found=dict(table.values), allowed=["code"])
    table.check_keys(("code", *languages))
    code = table.values["code"]
    is_word = isinstance(code, str) and bool(ID.fullmatch(code))
    if type(code) is not int and not is_word:
        table.refuse("not a code", "code", found=code, allowed=["a whole number", *ID_ALLOWED])
    return Option(cast("int | str", code), {language: table.words(language) for language in languages})


def _check_rating(table: Table, codes: Sequence[int | str]) -> None:
    numbers = [code for code in codes if isinstance(code, int)]
    steps = {high - low for low, high in pairwise(numbers)}
    if len(numbers) < len(codes) or len(steps) != 1 or min(steps) <= 0:
        table.refuse(
            "the codes of a rating must be whole numbers, evenly spaced, lowest first", "options", found=codes
        )


def _items(top: Table, formats: Mapping[str, AnswerFormat], status: Status) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for table in top.listed_tables("items"):
        item = _item(table, formats, status)
        if item.id in items:
            table.refuse("the id stands twice", "id", found=item.id)
        items[item.id] = item
    return items


def _item(table: Table, formats: Mapping[str, AnswerFormat], status: Status) -> Item:
    if isinstance(name := table.values.get("id"), str):
        table = table.within(f"item {name}")
    required = ("id", "format") if status == "key-only" else ("id", "format", "text")
    table.check_keys(required, _ITEM_OPTIONAL)
    if status == "key-only" and "text" in table.values:
        table.refuse("a key-only instrument has no text", "text", advice="Leave out the words of the author.")
    item = Item(
        id=table.an_id("id"),
        format=table.choice("format", tuple(formats)) or "",
        text={} if status == "key-only" else table.text("text"),
        scale=table.words_if_any("scale"),
        facet=cast("Facet | None", table.choice("facet", get_args(Facet))),
        source=cast("Source | None", table.choice("source", get_args(Source))),
        context=cast("Context | None", table.choice("context", get_args(Context))),
        reversed=table.is_so("reversed"),
        special_category=table.is_so("special_category"),
        on=table.is_so("on", default=True),
        why=table.text("why") if "why" in table.values else None,
        label=table.text("label") if "label" in table.values else None,
    )
    if item.why is None and (item.scale is None or item.special_category):
        table.refuse(
            "missing key", "why", advice="A background or special-category question says why it is asked."
        )
    return item


def _scales(
    top: Table, items: Mapping[str, Item], *, formats: Mapping[str, AnswerFormat]
) -> tuple[dict[str, Scale], str]:
    """All scales, the parts of the main one last, and which is the main one."""
    _check_scored_items(top, items, formats=formats)
    scales = {name: _scale(table, name, items) for name, table in top.named_tables("scales").items()}
    main = scales[top.choice("main_scale", tuple(scales)) or ""]
    return scales | _parts(top, main, items, taken=scales), main.id


def _scale(table: Table, name: str, items: Mapping[str, Item]) -> Scale:
    table.check_keys(("kind", "label"), ("line", "high_is_good", "opportunity", "domain"))
    kind = cast(ScaleKind, table.choice("kind", get_args(ScaleKind)))
    for key, its_kind in (("opportunity", "opportunity"), ("domain", "outcome")):
        if (key in table.values) != (kind == its_kind):
            table.refuse(
                f"belongs to a scale of kind {its_kind}, and to no other", key, found=table.values.get(key)
            )
    members = tuple(item.id for item in items.values() if item.scale == name)
    if not members:
        table.refuse(
            "a scale without items", advice=f'Give an item scale = "{name}", or leave the scale out.'
        )
    return Scale(
        id=name,
        kind=kind,
        label=table.text("label"),
        items=members,
        # Not at 0: nobody can score below it.
        line=table.number("line", default=50.0, above=0.0, up_to=100.0),
        high_is_good=table.is_so("high_is_good", default=True),
        opportunity=table.choice("opportunity", OPPORTUNITIES),
        domain=table.choice("domain", DOMAINS),
    )


def _check_scored_items(
    top: Table, items: Mapping[str, Item], *, formats: Mapping[str, AnswerFormat]
) -> None:
    scales = top.named_tables("scales")
    ratings = [form.id for form in formats.values() if form.type == "rating"]
    for table, item in zip(top.listed_tables("items"), items.values(), strict=True):
        if item.scale is None:
            continue
        spot = table.within(f"item {item.id}")
        if item.scale not in scales:
            spot.refuse("unknown scale", "scale", found=item.scale, allowed=scales)
        if item.format not in ratings:
            spot.refuse("an item of a scale needs a rating", "format", found=item.format, allowed=ratings)


def _ages(top: Table) -> str:
    ages = top.words("ages")
    if not re.fullmatch(r"\d+(-\d+|\+)", ages):
        top.refuse("not an age range", "ages", found=ages, allowed=["10-12", "18+"])
    return ages


def _parts(
    top: Table, main: Scale, items: Mapping[str, Item], *, taken: Mapping[str, Scale]
) -> dict[str, Scale]:
    """The facets, sources and contexts that the items of the main scale name."""
    parts = {}
    for part, values in PARTS.items():
        for value in values:
            members = tuple(i for i in main.items if getattr(items[i], part) == value)
            if members:
                name = f"{part}-{value}"
                parts[name] = Scale(
                    id=name,
                    kind=main.kind,
                    label={},
                    items=members,
                    line=main.line,
                    high_is_good=main.high_is_good,
                    part=part,
                )
    for name in parts:
        if name in taken:
            top.refuse("this id is kept for a part of the main scale", f"scales.{name}", found=name)
    return parts
