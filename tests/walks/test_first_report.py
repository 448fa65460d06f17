"""The first page of the documentation, walked as a newcomer types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from erbij.cli.main import erbij
from tests.docs.test_documentation import ROOT, commands


def test_commands_of_the_first_report_are_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = [*commands(ROOT / "docs/first-report.md")]
    for words in ran:
        outcome = CliRunner().invoke(erbij, words)
        assert outcome.exit_code == 0, (words, outcome.output)
    made = {path.name for path in tmp_path.rglob("*.*")}
    assert {"report.html", "report.pdf", "cells.csv", "slides.pptx", "codebook.xml", "scored.csv"} <= made
    assert len(ran) == 6
