"""TOML of an instrument, as docs/instruments.md has it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_HEAD = (
    *("id", "version", "status", "source", "licence", "ages", "audience", "main_scale"),
    "min_share_answered",
)


def instrument(top: Mapping[str, Any], languages: list[str], *, status: str, is_key: bool) -> bytes:
    """The file of an instrument; of a key-only one without any words."""
    lines = [f"{key} = {_value(top[key])}" for key in _HEAD]
    facts = languages or ["nl", "en", "fr"]
    lines.append(f"title = {_words(top['title'], facts)}")
    if not is_key:
        lines += ["", "[translations]", *(f"{_key(each)} = {_value(status)}" for each in languages)]
    for name, form in top["formats"].items():
        lines += ["", f"[formats.{_key(name)}]", *_format(form, languages, is_key=is_key)]
    for name, scale in top["scales"].items():
        lines += ["", f"[scales.{_key(name)}]", *_rest(scale, facts)]
    for item in top["items"]:
        given = {key: value for key, value in item.items() if not (is_key and key == "text")}
        lines += ["", "[[items]]", *_rest(given, facts)]
    return ("\n".join(lines) + "\n").encode()


def translation(top: Mapping[str, Any], language: str, *, status: str) -> bytes:
    """The file of one further language."""
    lines = [f"{key} = {_value(value)}" for key, value in (("language", language), ("status", status))]
    lines.append(f"title = {_value(_in(top['title'], language))}")
    for name, form in top["formats"].items():
        lines += ["", f"[formats.{_key(name)}]"]
        lines += [f"{_key(str(o['code']))} = {_value(_in(o['label'], language))}" for o in form["options"]]
    for item in top["items"]:
        lines += ["", f"[items.{_key(item['id'])}]", f"text = {_value(_in(item['text'], language))}"]
        lines += [f"why = {_value(_in(item['why'], language))}"] if "why" in item else []
    return ("\n".join(lines) + "\n").encode()


def _format(form: Mapping[str, Any], languages: list[str], *, is_key: bool) -> Iterator[str]:
    yield f"type = {_value(form['type'])}"
    if form["missing_codes"]:
        yield f"missing_codes = {_value(form['missing_codes'])}"
    yield "options = ["
    for option in form["options"]:
        said = "" if is_key else ", " + _pairs(option["label"], languages)
        yield f"  {{ code = {_value(option['code'])}{said} }},"
    yield "]"


def _rest(values: Mapping[str, Any], languages: list[str]) -> Iterator[str]:
    for key, value in values.items():
        is_text = key in ("label", "text", "why")
        yield f"{key} = {_words(value, languages) if is_text else _value(value)}"


def _words(text: Mapping[str, str] | str, languages: list[str]) -> str:
    return f"{{ {_pairs(text, languages)} }}"


def _pairs(text: Mapping[str, str] | str, languages: list[str]) -> str:
    return ", ".join(f"{_key(each)} = {_value(_in(text, each))}" for each in languages)


def _in(text: Mapping[str, str] | str, language: str) -> str:
    """The words in a language; where it has none those of another, so that nothing stands empty."""
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()), "?")


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _value(name)


def _value(value: object) -> str:
    # What JSON writes is TOML: strings, whole numbers, decimals, true and false, lists.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
