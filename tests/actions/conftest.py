"""Releases made by hand: a few cells, their intervals, and a card that names them."""

from collections.abc import Callable

import polars as pl
import pytest

from erbij.privacy.release import (
    CELL_COLUMNS,
    FORMAT,
    BreakdownCard,
    Card,
    Cell,
    DiscriminationCard,
    GroupCard,
    InstrumentCard,
    PolicyCard,
    Release,
    ScaleCard,
    SourceCard,
)

TOP = ("all", "all")
CARD = Card(
    format=FORMAT,
    software="erbij 0",
    title={"nl": "Onze school", "en": "Our school", "fr": "Notre école"},
    source=SourceCard("answers.csv", "0" * 64, 400, "", is_made_up=True, is_weighted=False, replicates=0),
    instrument=InstrumentCard(
        "own", "1", "not-validated", {"en": "Own"}, "Own", "10-12", "belonging", 0.8, {"nl": "reviewed"}
    ),
    policy=PolicyCard("careful", 10, ("all", "school", "grade", "class")),
    scales=(
        ScaleCard("belonging", "belonging", {"en": "belonging"}, 50.0, True, 16, None, None, None),
        ScaleCard("facet-identity", "belonging", {}, 50.0, True, 2, "facet", None, None),
        ScaleCard(
            "lever-welcome", "opportunity", {"en": "warm welcome"}, 50.0, True, 2, None, "welcome", None
        ),
        ScaleCard("lonely", "outcome", {"en": "lonely at breaks"}, 50.0, False, 1, None, None, "social"),
    ),
    breakdowns=(
        BreakdownCard(
            "home-language",
            {"nl": "taal thuis", "en": "language at home", "fr": "langue à la maison"},
            (
                GroupCard("school-language", {"en": "the language of the school"}),
                GroupCard(
                    "other", {"nl": "een andere taal", "en": "another language", "fr": "une autre langue"}
                ),
            ),
            None,
        ),
    ),
    discrimination=DiscriminationCard({"en": "unfair treatment"}, 25.0),
    exclusions=(),
)


def cell(
    measure: str,
    value: float | None,
    *,
    half: float = 3.0,
    group: tuple[str, str] = ("everyone", "everyone"),
    at: tuple[str, str] = TOP,
    n: int = 40,
) -> Cell:
    """A cell whose interval reaches `half` to both sides; None is withheld."""
    if value is None:
        return Cell(*at, *group, measure, None, None, None, None, "withheld", "to-protect-pupils")
    return Cell(*at, *group, measure, n, value, value - half, value + half, "shown", None)


def release(*cells: Cell, card: Card = CARD) -> Release:
    rows = [{name: getattr(one, name) for name in CELL_COLUMNS} for one in cells]
    return Release(card, pl.DataFrame(rows, schema=CELL_COLUMNS))


@pytest.fixture(scope="session")
def make_cell() -> Callable[..., Cell]:
    return cell


@pytest.fixture(scope="session")
def make_release() -> Callable[..., Release]:
    return release
