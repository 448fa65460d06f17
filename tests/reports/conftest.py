from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import polars as pl
import pytest

from erbij.privacy.release import (
    CELL_COLUMNS,
    FORMAT,
    BreakdownCard,
    Card,
    Cell,
    DiscriminationCard,
    ExclusionCard,
    GroupCard,
    InstrumentCard,
    PolicyCard,
    Release,
    ScaleCard,
    SourceCard,
)

EMBLEM = ("majority", "minority-little", "minority-much", "majority-little", "majority-much")
CARD = Card(
    format=FORMAT,
    software="erbij 0",
    title={"nl": "Onze school", "en": "Our school", "fr": "Notre école"},
    source=SourceCard("answers.csv", "0" * 64, 400, "", is_made_up=False, is_weighted=False, replicates=0),
    instrument=InstrumentCard(
        "own", "1", "not-validated", {"en": "Own"}, "Own", "10-12", "belonging", 0.8, {"nl": "reviewed"}
    ),
    policy=PolicyCard("careful", 10, ("all", "school", "grade", "class")),
    scales=(
        ScaleCard("belonging", "belonging", {"en": "belonging"}, 50.0, True, 16, None, None, None),
        ScaleCard("source-peers", "belonging", {}, 50.0, True, 5, "source", None, None),
        ScaleCard("lever-teams", "opportunity", {"en": "teams"}, 50.0, True, 3, None, "teams", None),
        ScaleCard("trust-honest", "trust", {"en": "honest answers"}, 50.0, True, 2, None, None, None),
    ),
    breakdowns=(
        BreakdownCard(
            "gender",
            {"en": "gender"},
            tuple(GroupCard(g, {"en": g}) for g in ("girls", "boys", "another")),
            "boys",
        ),
    ),
    discrimination=DiscriminationCard({"en": "unfair treatment"}, 25.0),
    exclusions=(ExclusionCard("no-group", "gender", 12),),
)
EVERYONE = {"n": 371, "asked": 402, "response": 92.3, "missing": 2.7, "straight": 1.6, "alpha": 0.871}
EVERYONE |= {"omega": 0.882, "mean": 68.4, "below": 13.7, "mean:source-peers": 71.2, "mean:lever-teams": 59.4}
EVERYONE |= {"mean:trust-honest": 62.9}
GROUPS = {"girls": 64.4, "boys": 73.4, "another": 53.4}
TREATMENT = dict(zip(EMBLEM, (74.4, 73.7, 57.4, 76.4, 63.4), strict=True))


def told(breakdown: str, group: str, measure: str, value: float | None, *, at: tuple[str, str]) -> Cell:
    """A cell whose interval reaches 3 to both sides; a count has none; None is withheld."""
    if value is None:
        hidden = (None,) * 4
        return Cell(*at, breakdown, group, measure, *hidden, "withheld", "to-protect-pupils")
    half = {"n": None, "asked": None, "response": None, "alpha": 0.02, "omega": 0.02}.get(measure, 3.0)
    low, high = (None, None) if half is None else (value - half, value + half)
    return Cell(*at, breakdown, group, measure, 123, value, low, high, "shown", None)


def of_groups(breakdown: str, means: Mapping[str, float], against: Mapping[str, str]) -> Iterable[tuple]:
    for group, mean in means.items():
        yield breakdown, group, "mean", mean
        yield breakdown, group, "gap", round(mean - EVERYONE["mean"], 1)
        yield breakdown, group, "below", 21.8
        yield breakdown, group, "n", 97.0
        if group in against:
            yield breakdown, group, f"difference:{against[group]}", round(mean - means[against[group]], 1)


@pytest.fixture(scope="session")
def make_release() -> Callable[..., Release]:
    """A release made by hand. `cells` replaces values by (breakdown, group, measure); `hide` withholds."""

    def make(
        *,
        cells: Mapping[tuple[str, str, str], float | None] | None = None,
        hide: Callable[[tuple[str, str, str]], bool] = lambda _: False,
        groups: Mapping[str, float] = GROUPS,
        units: Mapping[tuple[str, str], float | None] | None = None,
        **card: object,
    ) -> Release:
        treatment = {
            "minority-much": "minority-little",
            "majority-much": "majority-little",
            "minority-little": "majority-little",
        }
        rows = {("everyone", "everyone", measure): value for measure, value in EVERYONE.items()}
        for breakdown, group, measure, value in (
            *of_groups("gender", groups, {g: "boys" for g in groups if g != "boys"}),
            *of_groups("discrimination", TREATMENT, treatment),
        ):
            rows[breakdown, group, measure] = value
        rows |= cells or {}
        found = [told(*key, None if hide(key) else value, at=("all", "all")) for key, value in rows.items()]
        for at, mean in (units or {}).items():
            found += [
                told("everyone", "everyone", measure, None if mean is None else value, at=at)
                for measure, value in {"n": 20.0, "mean": mean, "below": 10.0}.items()
            ]
        frame = pl.DataFrame([{f: getattr(c, f) for f in CELL_COLUMNS} for c in found], schema=CELL_COLUMNS)
        return Release(replace(CARD, **card), frame)

    return make


@pytest.fixture(scope="session")
def made_up() -> SourceCard:
    return replace(CARD.source, is_made_up=True)
