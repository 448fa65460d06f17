"""Every part that is given along may be given along under the EUPL-1.2."""

import re
from importlib.metadata import distribution

from erbij.web.papers import parts

FREE = re.compile(
    r"MIT|0BSD|BSD|Apache|Zlib|CC0|PSF|Python Software Foundation|OFL|ISC|LGPL|Mozilla|MPL|Unlicense|HPND",
    re.IGNORECASE,
)
TOLD_IN_A_FILE = {
    *("duckdb", "fastexcel", "Jinja2", "markdown-it-py", "mdurl", "polars-runtime-32", "pyrage", "pyxform"),
    *("segno", "sqlparse"),
}
"""They name no licence in what they tell of themselves, and one of these in a file."""
MORE = {"Other/Proprietary License": "qrcode: the licence of PIL beside BSD, by its LICENSE file"}
BOUND = re.compile(r"(?<!L)GPL|AGPL|SSPL|BUSL|Commons Clause", re.IGNORECASE)


def licences() -> dict[str, str]:
    return {
        each["name"]: " AND ".join(one["license"]["name"] for one in each.get("licenses", ()))
        for each in parts.bill()["components"]
    }


def test_every_licence_is_one_that_goes_with_ours() -> None:
    odd = {
        name: told
        for name, told in licences().items()
        if told
        for one in re.split(r" AND | OR ", told)
        if one not in MORE and (BOUND.search(one) or not FREE.search(one))
    }
    assert odd == {}


def test_who_names_no_licence_has_it_in_a_file() -> None:
    silent = {name for name, told in licences().items() if not told}
    assert silent <= TOLD_IN_A_FILE
    for name in silent:
        files = [path for path in distribution(name).files or () if "licen" in path.name.lower()]
        text = "".join(path.read_text() for path in files)
        assert re.search(r"MIT License|BSD|Permission is hereby granted|Redistribution and use", text), name
