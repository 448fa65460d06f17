"""`erbij export`: a release for other programs, for parents, and for a meeting."""

import json
from pathlib import Path
from typing import Any

import click

from erbij.privacy import release as releases
from erbij.reports import codebook, safety_monitor, slides, workbook
from erbij.reports.plain import summary
from erbij.reports.plain.summary import Sender
from erbij.reports.report import describe
from erbij.reports.words import LANGUAGES
from erbij.studies.safe_csv import Content, write_whole

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("file", metavar="RELEASE.json", type=FILE)
@click.option("--out", required=True, type=FOLDER, help="Folder to write.")
@click.option(
    "--summaries",
    metavar="SCHOOL",
    help="One page for parents in ten languages, with this name of the school.",
)
@click.option("--day", type=DAY, help="Last day of the asking, for the page for parents.")
@click.option("--slides", "spoken", type=click.Choice(LANGUAGES), help="Slides to change, in this language.")
@click.option("--section", "sections", multiple=True, help="Only this section on the slides; repeatable.")
@click.option(
    "--safety-monitor",
    "monitor",
    type=click.Choice(LANGUAGES),
    help="The averages of the Dutch safety monitor, in this language.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(file: Path, out: Path, *, as_json: bool, **more: Any) -> None:
    """Make release.xlsx, cells.csv, release.json and codebook.xml from RELEASE.json."""
    release = releases.read(file)
    files: dict[str, Content] = {
        "release.xlsx": workbook.write(release),
        "codebook.xml": codebook.write(release),
        **releases.files(release),
    }
    if more["summaries"]:
        day = more["day"].date() if more["day"] else None
        files |= summary.in_all_languages(release, Sender(more["summaries"], day))
    if more["spoken"]:
        files["slides.pptx"] = slides.render(describe(release, more["spoken"]), more["sections"])
    if more["monitor"]:
        files["safety-monitor.csv"] = safety_monitor.write(release, more["monitor"])
    write_whole({out / name: content for name, content in files.items()})
    written = {name: str(out / name) for name in files}
    click.echo(json.dumps({"written": written}) if as_json else "\n".join(written.values()))
