"""`erbij papers`: what a data-protection officer asks for, written from the set-up."""

import json
from io import StringIO
from pathlib import Path

import click

from erbij.cli.serve import load_django
from erbij.words import LANGUAGES


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="New folder.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Of the words."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def papers(*, out: Path, language: str, as_json: bool) -> None:
    """Write drafts of the papers that this set-up asks for: impact assessment, record, annex, threats, parts.

    They tell what is so here: https, backups, mail, what is kept how long, thresholds, sensitive questions.
    """
    written = StringIO()
    load_django().call_command("papers", out=out, language=language, stdout=written)
    outcome = json.loads(written.getvalue())
    if as_json:
        click.echo(json.dumps(outcome))
        return
    click.echo("\n".join(f"{outcome['out']}/{name}" for name in outcome["written"]))
