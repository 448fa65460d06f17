"""`erbij export`: a release for other programs, and for parents."""

import datetime as dt
import json
from pathlib import Path

import click

from erbij.privacy import release as releases
from erbij.reports import codebook, workbook
from erbij.reports.plain import summary
from erbij.reports.plain.summary import Sender
from erbij.studies.safe_csv import write_whole

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
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(file: Path, out: Path, *, summaries: str | None, day: dt.datetime | None, as_json: bool) -> None:
    """Make release.xlsx, cells.csv, release.json and codebook.xml from RELEASE.json."""
    release = releases.read(file)
    files = {
        "release.xlsx": workbook.write(release),
        "codebook.xml": codebook.write(release),
        **releases.files(release),
    }
    if summaries:
        files |= summary.in_all_languages(release, Sender(summaries, day.date() if day else None))
    write_whole({out / name: content for name, content in files.items()})
    written = {name: str(out / name) for name in files}
    click.echo(json.dumps({"written": written}) if as_json else "\n".join(written.values()))
