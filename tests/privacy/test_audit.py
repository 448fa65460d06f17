from dataclasses import replace

import polars as pl
import pytest

from erbij.errors import ProtectionError
from erbij.privacy import audit
from erbij.privacy.telling import REASON

EMPTY = {"n": None, "value": None, "low": None, "high": None}
WITHHELD = {**EMPTY, "status": "withheld", "reason": REASON}


def test_a_sound_release_passes(told, rules):
    cells = told({}, {"group": "boys"}, {**WITHHELD, "unit": "south"})
    assert audit.examine(cells, rules) is None


def test_a_real_release_passes(released, rules):
    assert audit.examine(released.cells, rules) is None


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([{"n": 9}], "too few pupils"),
        ([{"n": None}], "too few pupils"),
        ([{"value": None}], "no value"),
        ([{"value": float("nan")}], "no value"),
        ([{"status": "maybe"}], "neither shown nor withheld"),
        ([{"status": None}], "neither shown nor withheld"),
        ([{**WITHHELD, "n": 12}], "holds a number"),
        ([{**WITHHELD, "value": 3.0}], "holds a number"),
        ([{**WITHHELD, "low": 3.0}], "holds a number"),
        ([{**WITHHELD, "high": 3.0}], "holds a number"),
        ([{**WITHHELD, "reason": None}], "not the one reason"),
        ([{**WITHHELD, "reason": "small"}], "not the one reason"),
        ([{"reason": REASON}], "has a reason"),
        ([{"reason": "at-most"}], "has a reason"),
        ([{}, {}], "stands twice"),
        ([{"level": "pupil"}], "unknown level"),
    ],
    ids=str,
)
def test_a_tampered_release_is_refused(told, rules, rows, fault):
    with pytest.raises(ProtectionError, match=fault):
        audit.examine(told(*rows), rules)


def test_a_share_may_be_told_as_a_bound(told, rules):
    assert audit.examine(told({"measure": "below", "reason": "at-most"}), rules) is None


def test_other_columns_are_refused(told, rules):
    with pytest.raises(ProtectionError, match="other columns"):
        audit.examine(told({}).with_columns(pupil=pl.lit(1)), rules)
    with pytest.raises(ProtectionError, match="other columns"):
        audit.examine(told({}).drop("reason"), rules)


def test_a_fault_counts_its_cells(told, rules):
    with pytest.raises(ProtectionError, match=r"\(3 cells\)"):
        audit.examine(told(*({"n": 2, "unit": unit} for unit in "abc")), rules)


def test_the_floor_holds_under_any_policy(told, rules):
    with pytest.raises(ProtectionError, match="too few"):
        audit.examine(told({"n": 4}), replace(rules, threshold=dict.fromkeys(rules.threshold, 1)))
