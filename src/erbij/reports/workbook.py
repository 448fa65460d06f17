"""A release as a workbook (.xlsx): what it is, its cells, what was left out, and what the names mean.

Text and numbers only: no formula exists in it, and no clock, so the same release gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from erbij.privacy.release import Card, Release

Entry = str | float | int | None
Sheet = tuple[str, list[Sequence[Entry]]]
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip can hold: no time of making is told."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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
    numbered = list(enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook([name for name, _ in sheets]),
        "xl/_rels/workbook.xml.rels": _relations([("worksheet", f"worksheets/{n}.xml") for n, _ in numbered]),
        **{f"xl/worksheets/{n}.xml": _sheet(rows) for n, (_, rows) in numbered},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, DECLARATION + text)
    return made.getvalue()


def _content_types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="r{n}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _workbook(names: list[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets>{sheets}</sheets></workbook>'


def _sheet(rows: list[Sequence[Entry]]) -> str:
    told = "".join(f"<row>{''.join(map(_entry, row))}</row>" for row in rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{told}</sheetData></worksheet>'


def _entry(value: Entry) -> str:
    """A cell: a number, or text that stays text whatever it begins with."""
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        # XML knows no other control characters, and a workbook with one does not open.
        clean = "".join(sign for sign in value if sign >= " " or sign in "\t\n")
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"
