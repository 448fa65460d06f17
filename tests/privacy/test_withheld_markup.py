"""Too small, empty, or hidden to protect another: the page and the file must not tell which."""

import re

import numpy as np
import pytest

from erbij.privacy import gate
from erbij.reports import html
from erbij.reports.report import describe

WHY = {
    "too small": [0] * 46 + [1] * 40 + [2] * 4,
    "empty": [0] * 45 + [1] * 45,
    "of one": [0] * 49 + [1] * 40 + [2],
}


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_withheld_group_looks_the_same_whatever_the_reason(make_study, language):
    scores = np.random.default_rng(3).integers(0, 101, 90).astype(float)
    pages, files = {}, {}
    for why, codes in WHY.items():
        release = gate.release(make_study(scores, groups={"g": codes}))
        page = html.render(describe(release, language))
        pages[why] = re.findall(r'<tr><th scope="row">(?:G: c|C)</th>.*?</tr>', page)
        rows = release.cells.write_csv().splitlines()
        files[why] = [row for row in rows if row.startswith("all,all,g,c,")]
    assert pages["too small"]
    assert files["too small"]
    assert all(found == pages["too small"] for found in pages.values())
    assert all(found == files["too small"] for found in files.values())
