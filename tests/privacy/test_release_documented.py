"""A measure, column, key or rule that docs/release.md does not name can't be relied on."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from erbij.findings import emblem, registry
from erbij.privacy import policy, release
from erbij.privacy.telling import AT_LEAST, AT_MOST, REASON
from erbij.studies.study import TOGETHER

TEXT = (Path(__file__).parents[2] / "docs" / "release.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`]+)`", TEXT))
CARDS = (
    release.Card,
    release.SourceCard,
    release.InstrumentCard,
    release.PolicyCard,
    release.ScaleCard,
    release.BreakdownCard,
    release.GroupCard,
    release.DiscriminationCard,
    release.OutcomeCard,
    release.ExclusionCard,
)


def first_cells(heading: str) -> list[str]:
    """The names in the first column of the table under a heading."""
    part = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_measure_of_the_policy_is_explained():
    explained = {name.split(":")[0] for name in first_cells("Measures")}
    assert explained == set(policy.careful().measures)


def test_every_measure_that_is_found_is_explained(make_study):
    scores = [10.0, 40.0, 60.0, 90.0] * 5
    treatment = ([0.0, 1.0] * 10, [1.0, 0.0, 0.0, 1.0] * 5)
    study = make_study(scores, groups={"g": [0, 1] * 10}, treatment=treatment)
    found = {measure.split(":")[0] for measure in registry.answer(study)["measure"]}
    assert {"mean", "gap", "difference", "asked"} <= found
    assert found <= {name.split(":")[0] for name in first_cells("Measures")}


def test_every_column_is_explained_in_order():
    assert first_cells("cells.csv") == release.CELL_COLUMNS.names()


def test_every_policy_key_is_explained():
    assert set(first_cells("The policy")) == {field.name for field in fields(policy.Policy)}


def test_every_preset_and_its_thresholds_stand_in_the_table():
    table = TEXT.split("## The policy\n")[1].split("\n## ")[0]
    head = next(line for line in table.splitlines() if line.startswith("| key |"))
    assert [cell.strip() for cell in head.split("|")[3:-1]] == list(policy.presets())
    thresholds = next(line for line in table.splitlines() if line.startswith("| `threshold`"))
    told = [cell.strip() for cell in thresholds.split("|")[3:-1]]
    assert told == [str(found.least) for found in policy.presets().values()]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.__name__)
def test_every_key_of_the_release_is_explained(card):
    assert {field.name for field in fields(card)} <= NAMED


def test_statuses_reason_format_and_groups_are_named():
    named = {"shown", "withheld", REASON, AT_MOST, AT_LEAST, release.FORMAT, TOGETHER, *emblem.GROUPS}
    assert named <= NAMED
