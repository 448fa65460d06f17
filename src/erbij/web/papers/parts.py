"""The bill of materials: every part of the program that runs here, in CycloneDX 1.6."""

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from typing import Any

from packaging.requirements import Requirement

PROGRAM = "erbij"
EXTRAS = {"postgres", "spark"}
"""What a server may have, where it is installed; what developers use is no part."""


def bill() -> dict[str, Any]:
    """Name each installed part that the program asks for and what the browser is given.

    With the version and licence that each tells. Parts of an extra (PostgreSQL, Spark) are in it where they
    are installed.
    """
    found = _needed()
    program = found.pop(PROGRAM)
    given = json.loads((files("erbij.web") / "static/pupil/dist/parts.json").read_text(encoding="utf-8"))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**_component(program), "type": "application"}},
        "components": [*(_component(found[name]) for name in sorted(found)), *map(_of_browser, given)],
        "dependencies": [
            {"ref": _address(one), "dependsOn": sorted(_below(one, found))}
            for one in (program, *(found[name] for name in sorted(found)))
        ],
    }


def _needed() -> dict[str, Distribution]:
    """The program and all that it asks for, by normalised name."""
    found: dict[str, Distribution] = {}
    waiting = [(PROGRAM, EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # of an extra, or of another platform
        waiting += [(_normal(asked.name), asked.extras) for asked in _asks(found[name], extras)]
    return found


def _asks(one: Distribution, extras: set[str]) -> list[Requirement]:
    """What a part asks for here, with some of its extras."""
    asked = [Requirement(line) for line in one.requires or ()]
    wanted = [{"extra": extra} for extra in ("", *sorted(extras))]
    return [each for each in asked if not each.marker or any(map(each.marker.evaluate, wanted))]


def _below(one: Distribution, found: dict[str, Distribution]) -> set[str]:
    names = {_normal(asked.name) for asked in _asks(one, EXTRAS)}
    return {_address(found[name]) for name in names if name in found}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _address(one: Distribution) -> str:
    return f"pkg:pypi/{_normal(one.metadata['Name'])}@{one.version}"


def _component(one: Distribution) -> dict[str, Any]:
    return _library(str(one.metadata["Name"]), one.version, _address(one), _licence(one))


def _licence(one: Distribution) -> str:
    """The expression of SPDX that a part tells, else its classifiers, else the first line of its licence."""
    told = one.metadata.json
    if expression := told.get("license_expression"):
        return str(expression)
    classifiers = [each for each in told.get("classifier", ()) if each.startswith("License ::")]
    if classifiers:
        return " AND ".join(each.rpartition(" :: ")[2] for each in classifiers)
    return (str(told.get("license") or "").strip().splitlines() or [""])[0][:100]


def _of_browser(one: dict[str, str]) -> dict[str, Any]:
    """A package of npm of which the browser is given something; `bundle.py` names them."""
    address = f"pkg:npm/{one['name'].replace('@', '%40')}@{one['version']}"
    return _library(one["name"], one["version"], address, one["license"])


def _library(name: str, version: str, address: str, licence: str) -> dict[str, Any]:
    told = {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}
    return {**told, **({"licenses": [{"license": {"name": licence}}]} if licence else {})}
