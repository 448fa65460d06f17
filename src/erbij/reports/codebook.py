"""The codebook of a release: cells.csv described as DDI-Codebook 2.5, for archives and statisticians."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from erbij.instruments.schema import Text
from erbij.privacy.release import CELL_COLUMNS, Release

NAMESPACE = "ddi:codebook:2_5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MEANING = {
    "level": "Level of the unit",
    "unit": "Name of the unit",
    "breakdown": "Division into groups",
    "group": "Group of the breakdown",
    "measure": "What the number is (docs/release.md)",
    "n": "People behind the number; empty where withheld",
    "value": "The number; empty where withheld",
    "low": "Lower end of the 95 % interval",
    "high": "Upper end of the 95 % interval",
    "status": "Shown or withheld",
    "reason": "Why withheld, or that a share is a bound",
}


def write(release: Release) -> bytes:
    """The codebook as XML: the study, its file, and every column with its values in words."""
    book = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5"})
    _study(book, release)
    file = SubElement(SubElement(book, "fileDscr", ID="cells"), "fileTxt")
    SubElement(file, "fileName").text = "cells.csv"
    dimensions = SubElement(file, "dimensns")
    SubElement(dimensions, "caseQnty").text = str(release.cells.height)
    SubElement(dimensions, "varQnty").text = str(len(CELL_COLUMNS))
    data = SubElement(book, "dataDscr")
    for name in CELL_COLUMNS:
        _variable(data, name, release)
    indent(book)
    made: bytes = tostring(book, encoding="utf-8", xml_declaration=True)
    return made


def _study(book: Element, release: Release) -> None:
    card = release.card
    study = SubElement(book, "stdyDscr")
    citation = SubElement(study, "citation")
    titles = SubElement(citation, "titlStmt")
    first, *others = card.title.items() or [("en", card.instrument.id)]
    SubElement(titles, "titl", {LANGUAGE: first[0]}).text = first[1]
    for language, title in others:
        SubElement(titles, "parTitl", {LANGUAGE: language}).text = title
    if card.source.attribution:
        SubElement(SubElement(citation, "prodStmt"), "copyright").text = card.source.attribution
    method = SubElement(SubElement(study, "method"), "dataColl")
    SubElement(method, "resInstru").text = f"{card.instrument.id} {card.instrument.version}"


def _variable(data: Element, name: str, release: Release) -> None:
    is_number = CELL_COLUMNS[name].is_numeric()
    variable = SubElement(data, "var", ID=f"v-{name}", name=name, files="cells")
    SubElement(variable, "labl", {LANGUAGE: "en"}).text = MEANING[name]
    if not is_number and name != "unit":
        words = _words(name, release)
        for value in sorted(release.cells[name].drop_nulls().unique()):
            category = SubElement(variable, "catgry")
            SubElement(category, "catValu").text = value
            for language, label in words.get(value, {}).items():
                SubElement(category, "labl", {LANGUAGE: language}).text = label
    SubElement(variable, "varFormat", type="numeric" if is_number else "character")


def _words(name: str, release: Release) -> dict[str, Text]:
    """Values of a column in words; a group that two breakdowns share is named by the first."""
    cards = release.card.breakdowns
    if name == "breakdown":
        return {card.id: card.label for card in cards}
    groups = [group for card in reversed(cards) for group in card.groups] if name == "group" else []
    return {group.id: group.label for group in groups}
