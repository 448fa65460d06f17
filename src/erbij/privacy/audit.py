"""The assembled release, looked at once more by rules that do not know how it was made."""

import polars as pl

from erbij.errors import ProtectionError
from erbij.privacy.policy import LOWEST_THRESHOLD, Policy
from erbij.privacy.release import CELL_COLUMNS
from erbij.privacy.suppression import NO_BREAKDOWN, NUMBERS

SHOWN, WITHHELD = pl.col("status") == "shown", pl.col("status") == "withheld"
ANY_NUMBER = pl.any_horizontal(pl.col(NUMBERS).is_not_null())
ONE_OF_A_BREAKDOWN = ("level", "unit", "breakdown", "measure")


def examine(cells: pl.DataFrame, policy: Policy) -> None:
    """A condition for a release to exist.

    Raises
    ------
    ProtectionError
        A number stands where it may not. Nothing has left.
    """
    if cells.schema != CELL_COLUMNS:
        raise ProtectionError(
            "the cells of the release have other columns", found=cells.columns, allowed=CELL_COLUMNS
        )
    least = max(policy.threshold, LOWEST_THRESHOLD)
    in_parts = (SHOWN.any() & WITHHELD.any()).over(*ONE_OF_A_BREAKDOWN)
    faults = {
        "a cell is neither shown nor withheld": ~(SHOWN | WITHHELD).fill_null(value=False),
        "a shown cell rests on too few pupils": SHOWN & ~(pl.col("n") >= least).fill_null(value=False),
        "a shown cell has no value": SHOWN & ~pl.col("value").is_finite().fill_null(value=False),
        "a withheld cell holds a number": WITHHELD & ANY_NUMBER,
        "a withheld cell has no reason": WITHHELD & pl.col("reason").is_null(),
        "a breakdown is shown in part": (pl.col("breakdown") != NO_BREAKDOWN) & in_parts,
    }
    for fault, rule in faults.items():
        if count := cells.filter(rule).height:
            raise ProtectionError(f"{fault} ({count} cells): the release was not made")
