"""An instrument as an XLSForm workbook."""

import io
import json

import xlsxwriter

from erbij.instruments.schema import AnswerFormat, Instrument, Item, Scale, Text
from erbij.instruments.xlsform.languages import NAMES, column

Row = list[object]
Rows = list[Row]
MAKES = {"rating": "select_one", "one-of": "select_one", "several": "select_multiple"}
ITEM = (
    *("id", "format", "scale", "facet", "source", "context", "reversed", "special_category", "on"),
    *("why", "label"),
)
FORMAT = ("id", "type", "missing_codes", "codes")
SCALE = ("id", "kind", "label", "line", "high_is_good", "opportunity", "domain")
FACTS = ("status", "source", "licence", "ages", "audience", "main_scale", "min_share_answered")


def to_xlsx(instrument: Instrument) -> bytes:
    """Write the workbook: `survey`, `choices`, `settings`, and what is Erbij's own.

    Of a key-only instrument, whose words are not ours, the code of an item stands for its question.
    """
    languages = list(instrument.translations)
    sheets: dict[str, Rows] = {
        "survey": _survey(instrument, languages),
        "choices": _choices(instrument, languages),
        "settings": _settings(instrument, languages),
        "erbij": _facts(instrument),
        "erbij_items": [[*ITEM], *(_item(item) for item in instrument.items.values())],
        "erbij_formats": [[*FORMAT], *(_format(form) for form in instrument.formats.values())],
        "erbij_scales": [[*SCALE], *(_scale(one) for one in instrument.scales.values() if one.part is None)],
    }
    kept = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, plain) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return kept.getvalue()


def _survey(instrument: Instrument, languages: list[str]) -> Rows:
    labels = [column("label", each) for each in languages] or ["label"]
    rows: Rows = [["type", "name", *labels, *(column("hint", each) for each in languages)]]
    for item in instrument.items.values():
        kind = MAKES[instrument.format_of(item).type]
        why = item.why or {}
        rows.append(
            [
                f"{kind} {item.format}",
                item.id,
                *(_in(item.text, languages) or [item.id]),
                *(why.get(each, "") for each in languages),
            ]
        )
    return rows


def _choices(instrument: Instrument, languages: list[str]) -> Rows:
    rows: Rows = [["list_name", "name", *([column("label", each) for each in languages] or ["label"])]]
    for form in instrument.formats.values():
        for option in form.options:
            said = _in(option.label, languages) or [str(option.code)]
            rows.append([form.id, str(option.code), *said])
    return rows


def _settings(instrument: Instrument, languages: list[str]) -> Rows:
    title = instrument.title.get("en") or next(iter(instrument.title.values()))
    first = f"{NAMES.get(languages[0], languages[0])} ({languages[0]})" if languages else ""
    return [
        ["form_title", "form_id", "version", "default_language"],
        [title, instrument.id, instrument.version, first],
    ]


def _facts(instrument: Instrument) -> Rows:
    rows: Rows = [["key", "value"]]
    rows += [[name, str(getattr(instrument, name))] for name in FACTS]
    return [*rows, ["title", _json(instrument.title)]]


def _item(item: Item) -> list[object]:
    plain = [getattr(item, name) for name in ITEM[:6]]
    switches = [str(getattr(item, name)).lower() for name in ITEM[6:9]]
    return [*plain, *switches, _json(item.why), _json(item.label)]


def _format(form: AnswerFormat) -> list[object]:
    return [form.id, form.type, json.dumps(form.missing_codes), json.dumps(form.codes)]


def _scale(scale: Scale) -> list[object]:
    words = (scale.id, scale.kind, _json(scale.label), str(scale.line), str(scale.high_is_good).lower())
    return [*words, scale.opportunity, scale.domain]


def _in(text: Text, languages: list[str]) -> list[str]:
    return [text.get(each, "") for each in languages]


def _json(text: Text | None) -> str:
    return json.dumps(dict(text), ensure_ascii=False) if text else ""
