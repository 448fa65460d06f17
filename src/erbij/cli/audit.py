"""`erbij audit`: attack releases, one or several together, and say what falls."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from erbij.privacy import outsider, release
from erbij.reports.verdict import tell
from erbij.reports.words import LANGUAGES, Words
from erbij.studies.opening import open_study

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="RELEASE.json...")
@click.option("--design", type=FILE, help="The answer file: attack as someone who knows every pupil's place.")
@click.option("--study", type=FILE, help="STUDY.toml of --design.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="nl",
    show_default=True,
    help="Language of the verdict.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def audit(
    files: tuple[Path, ...], design: Path | None, study: Path | None, *, language: str, as_json: bool
) -> None:
    """Attack one or more RELEASE.json of a school together. Exit code 1 where something falls."""
    if (design is None) != (study is None):
        raise click.UsageError("--design and --study go together.")
    releases = [release.read(file) for file in files]
    if design is None or study is None:
        verdict = outsider.from_releases(releases)
    else:
        verdict = outsider.from_inside(releases, open_study(design, study))
    if as_json:
        click.echo(json.dumps({**asdict(verdict), "stands": verdict.stands}, ensure_ascii=False))
    else:
        click.echo("\n".join(tell(verdict, releases, Words(language))))
    sys.exit(0 if verdict.stands else 1)
