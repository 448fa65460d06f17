import io
import json

from click.testing import CliRunner
from pptx import Presentation
from pypdf import PdfReader

from erbij.cli.main import erbij
from erbij.errors import ReportError
from erbij.instruments import registry
from erbij.privacy import gate, release
from erbij.reports.words import PLAIN_LANGUAGES
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace


def written(tmp_path):
    instrument = registry.load("erbij-pupils-8-9")
    asking = Asking({"nl": "x"}, tuple(instrument.items), {"k": ClassPlace("3", "3A", 22)})
    text = release.to_json(gate.release(ballots.to_study([], instrument, asking)))
    (tmp_path / "r.json").write_bytes(text)
    return text


def test_export_writes_the_release_for_other_programs(tmp_path):
    text = written(tmp_path)
    out = tmp_path / "out"
    done = CliRunner().invoke(erbij, ["export", str(tmp_path / "r.json"), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    names = {"release.xlsx", "codebook.xml", "cells.csv", "release.json"}
    assert json.loads(done.stdout)["written"] == {name: str(out / name) for name in names}
    assert {path.name for path in out.iterdir()} == names
    assert (out / "release.json").read_bytes() == text


def test_slides_of_the_sections_that_are_picked(tmp_path):
    written(tmp_path)
    asked = ["export", str(tmp_path / "r.json"), "--out", str(tmp_path / "o"), "--slides", "en"]
    done = CliRunner().invoke(erbij, [*asked, "--section", "limits"])
    assert done.exit_code == 0, done.output
    made = Presentation(tmp_path / "o" / "slides.pptx")
    assert [slide.shapes.title.text for slide in made.slides][1:] == ["What this cannot tell you"]
    refused = CliRunner().invoke(erbij, [*asked, "--section", "nothing"])
    assert isinstance(refused.exception, ReportError)
    assert "level" in str(refused.exception)


def test_file_that_is_no_release_is_refused_and_nothing_written(tmp_path):
    (tmp_path / "r.json").write_text("{}")
    done = CliRunner().invoke(erbij, ["export", str(tmp_path / "r.json"), "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, ReportError)
    assert not (tmp_path / "out").exists()


def test_page_for_parents_in_ten_languages_where_it_is_asked_for(tmp_path):
    written(tmp_path)
    asked = ["--summaries", "De Linde", "--day", "2026-01-09"]
    done = CliRunner().invoke(
        erbij, ["export", str(tmp_path / "r.json"), "--out", str(tmp_path / "o"), *asked]
    )
    assert done.exit_code == 0, done.output
    assert len([*(tmp_path / "o").glob("summary-*.pdf")]) == len(PLAIN_LANGUAGES)
    made = PdfReader(io.BytesIO((tmp_path / "o" / "summary-fr.pdf").read_bytes()))
    assert "9 janvier 2026" in made.pages[0].extract_text()


def test_averages_of_the_safety_monitor_where_they_are_asked_for(tmp_path):
    written(tmp_path)
    asked = ["export", str(tmp_path / "r.json"), "--out", str(tmp_path / "o"), "--safety-monitor", "nl"]
    done = CliRunner().invoke(erbij, asked)
    assert done.exit_code == 0, done.output
    made = (tmp_path / "o" / "safety-monitor.csv").read_text("utf-8")
    assert "zich veilig voelen" in made
    assert "nog niet gevalideerd" in made
