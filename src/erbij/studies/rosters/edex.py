"""EDEX, the Dutch standard for lists of pupils and groups: EDEXML 2.1 of Edustandaard (2017), or older.

Of a `leerling` only which `groep` it is in is looked at, to count; all else in it is let go as it passes.
A namespace, as UWLR puts on the same structure, does not matter.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree as Tree
from defusedxml.common import DefusedXmlException

from erbij.studies.rosters.found import MOST_ROWS, FoundClass, Roster, RosterError, checked, name_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 40
_NO_GRADE = {"S": "", "V": "", "N": ""}
"""Codes of `jaargroep` that are no year: special education, secondary, not known."""


def read(content: bytes) -> Roster:
    """Count the pupils of each group (`groep`); groups that are put together for a lesson do not count."""
    groups: dict[str, tuple[str, str]] = {}
    sizes, rows = Counter[str](), 0
    try:
        for inside, element in _ended(content):
            tag = _tag(element)
            if tag == "groep" and inside == "groepen":
                grade = _text(element, "jaargroep").upper()
                groups[element.get("key", "")] = (_NO_GRADE.get(grade, grade), _text(element, "naam"))
            elif tag == "leerling":
                rows += 1
                sizes.update(_groups_of(element))
            if rows > MOST_ROWS:
                raise RosterError("too-many")
    except DefusedXmlException:
        raise RosterError("document-type") from None
    except (ParseError, ValueError, LookupError):
        raise RosterError("damaged") from None
    if not groups:
        raise RosterError("no-columns")
    found = (
        FoundClass("", name_of(grade), name_of(name), sizes[key]) for key, (grade, name) in groups.items()
    )
    return checked("edex", found, rows)


def _ended(content: bytes) -> Iterator[tuple[str, "Element"]]:
    """Each group and pupil once it is whole, with the tag around it; then it is emptied."""
    path: list[str] = []
    for event, element in Tree.iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(_tag(element))
            if len(path) > _DEEPEST:
                raise RosterError("damaged")
            continue
        path.pop()
        around = path[-1] if path else ""
        if (path[1:] == ["groepen"] or path[1:] == ["leerlingen"]) or len(path) == 2:
            yield around, element
            element.clear()


def _groups_of(pupil: "Element") -> set[str]:
    direct = [child for child in pupil if _tag(child) == "groep"]
    return {(child.get("key") or child.text or "").strip() for child in direct} - {""}


def _text(element: "Element", tag: str) -> str:
    return next((child.text or "" for child in element if _tag(child) == tag), "").strip()


def _tag(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2].lower()
