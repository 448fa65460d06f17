from xml.etree import ElementTree as ET

import pytest

from erbij.privacy.release import CELL_COLUMNS
from erbij.reports import codebook

DDI = f"{{{codebook.NAMESPACE}}}"
ORDER = {
    "codeBook": ("stdyDscr", "fileDscr", "dataDscr"),
    "stdyDscr": ("citation", "method"),
    "citation": ("titlStmt", "prodStmt"),
    "titlStmt": ("titl", "parTitl"),
    "fileTxt": ("fileName", "dimensns"),
    "dimensns": ("caseQnty", "varQnty"),
    "var": ("labl", "catgry", "varFormat"),
    "catgry": ("catValu", "labl"),
}
"""What the schema of DDI-Codebook 2.5 has in this order, as far as it is written here."""


@pytest.fixture(scope="module")
def book(make_release):
    return ET.fromstring(codebook.write(make_release()))  # noqa: S314 - our own


def local(element):
    assert element.tag.startswith(DDI)
    return element.tag.removeprefix(DDI)


def test_elements_stand_in_the_order_of_the_standard(book):
    seen = set()
    for element in book.iter():
        names = [local(child) for child in element]
        order = ORDER.get(local(element))
        if order is not None and names:
            seen.add(local(element))
            assert names == sorted(names, key=order.index)
    assert seen == ORDER.keys()


def test_every_column_is_described_once(book):
    assert [v.get("name") for v in book.iter(f"{DDI}var")] == list(CELL_COLUMNS)
    assert codebook.MEANING.keys() == set(CELL_COLUMNS)


def test_values_are_those_of_the_release(book, make_release):
    for variable in book.iter(f"{DDI}var"):
        values = {v.text for v in variable.iter(f"{DDI}catValu")}
        if values:
            assert values == set(make_release().cells[variable.get("name")].drop_nulls())


def test_title_comes_in_every_language(book):
    stated = [(t.text) for tag in ("titl", "parTitl") for t in book.iter(f"{DDI}{tag}")]
    assert stated == ["Onze school", "Our school", "Notre école"]
