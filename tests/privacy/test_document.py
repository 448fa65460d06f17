from pathlib import Path

from erbij.privacy import document, policy

PAGE = (Path(__file__).parents[2] / "docs" / "protection.md").read_text("utf-8")


def test_page_for_the_officer_is_written_from_the_policy():
    assert document.page() == PAGE, "run python -m erbij.privacy.document > docs/protection.md"


def test_page_names_every_preset_and_its_threshold():
    row = next(line for line in PAGE.splitlines() if line.startswith("| `threshold`"))
    assert [f"all {found.threshold['all']}," in row for found in policy.presets().values()] == [True] * 3


def test_page_says_what_is_not_covered():
    assert "Knowledge from elsewhere" in PAGE.split("## What is not covered")[1]
