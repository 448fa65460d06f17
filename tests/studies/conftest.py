from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

ITEMS = [f"ST034Q0{i}TA" for i in range(1, 7)]


@pytest.fixture
def pisa_frame() -> pl.DataFrame:
    rng = np.random.default_rng(5)
    items = {item: rng.integers(1, 5, 40).tolist() for item in ITEMS}
    for pupil, item in ((0, ITEMS[0]), (1, ITEMS[0]), (1, ITEMS[1])):
        items[item][pupil] = None
    return pl.DataFrame(items).with_columns(
        pl.Series("gender", [1, 2] * 20),
        pl.Series("school", ["north"] * 25 + ["south"] * 15),
        pl.Series("w", rng.uniform(1, 3, 40)),
    )


PISA_STUDY = """
[study]
title = "Our school"
instrument = "pisa-2015-belonging"
"""

GENDER = """
[breakdowns.gender]
column = "gender"
label = "gender"
groups = [{ id = "girls", label = "girls", codes = [1] }, { id = "boys", label = "boys", codes = [2] }]
"""


@pytest.fixture
def write_study(tmp_path: Path) -> Callable[[str], Path]:
    """STUDY.toml for PISA 2015 items, with what a test adds; `{gender}` is a breakdown by gender."""

    def write(more: str = "", *, head: str = PISA_STUDY) -> Path:
        path = tmp_path / "STUDY.toml"
        path.write_text(head + more.replace("{gender}", GENDER), encoding="utf-8")
        return path

    return write
