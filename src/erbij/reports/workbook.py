"""A release as a workbook (.xlsx): what it is, its cells, what was left out, and what the names mean.

Text and numbers only: no formula exists in it, and no clock, so the same release gives the same bytes.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from erbij.privacy.release import Card, Release

Entry = str | float | int | None
Sheet = tuple[str, list[Sequence[Entry]]]
EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""No time of making is told."""
MOST_WIDE = 400
"""Pixels of a column."""
CODEBOOK_HEAD = ("kind", "id", "within", "label nl", "label en", "label fr", "remark")


def write(release: Release) -> bytes:
    """The workbook: sheets `read me`, `cells`, `exclusions` and `codebook`."""
    card, cells = release.card, release.cells
    excluded = [(each.what, each.where, each.count) for each in card.exclusions]
    return _packed(
        [
            ("read me", _read_me(card)),
            ("cells", [cells.columns, *cells.iter_rows()]),
            ("exclusions", [("what", "where", "count"), *excluded]),
            ("codebook", [CODEBOOK_HEAD, *_codebook(card)]),
        ]
    )


def _read_me(card: Card) -> list[Sequence[Entry]]:
    instrument, source, policy = card.instrument, card.source, card.policy
    return [
        ("what", "value"),
        *((f"title {language}", title) for language, title in card.title.items()),
        ("instrument", f"{instrument.id} {instrument.version}"),
        ("status of the instrument", instrument.status),
        ("who answered", instrument.audience),
        ("attribution", source.attribution),
        ("made up", "yes" if source.is_made_up else "no"),
        ("policy", policy.id),
        ("fewest people behind a number", policy.threshold),
        ("format", card.format),
        ("software", card.software),
        ("columns and measures", "docs/release.md"),
    ]


def _codebook(card: Card) -> Iterable[Sequence[Entry]]:
    for scale in card.scales:
        way = "high is good" if scale.high_is_good else "high is bad"
        remark = f"0 to 100; line {scale.line:g}; {way}; items {scale.items}"
        yield "scale", scale.id, scale.kind, *_labels(scale.label), remark
    for breakdown in card.breakdowns:
        against = f"compared with {breakdown.reference}" if breakdown.reference else ""
        yield "breakdown", breakdown.id, "", *_labels(breakdown.label), against
        for group in breakdown.groups:
            yield "group", group.id, breakdown.id, *_labels(group.label), ""


def _labels(text: object) -> tuple[str, str, str]:
    given = dict(text) if isinstance(text, dict) else {}
    return given.get("nl", ""), given.get("en", ""), given.get("fr", "")


def _packed(sheets: list[Sheet]) -> bytes:
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, (first, *rows) in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, first, head)
            for number, row in enumerate(rows, start=1):
                _write_row(sheet, number, row)
            sheet.autofit(MOST_WIDE)
    return made.getvalue()


def _write_row(sheet: Worksheet, number: int, row: Sequence[Entry]) -> None:
    """Numbers, and text that stays text whatever it begins with."""
    for column, value in enumerate(row):
        if isinstance(value, str):
            # XML knows no other control characters, and a workbook with one does not open.
            clean = "".join(sign for sign in value if sign >= " " or sign in "\t\n")
            sheet.write_string(number, column, clean)
        elif value is not None:
            sheet.write_number(number, column, value)
