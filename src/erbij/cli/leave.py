"""`erbij leave`: a school takes everything along, and nothing of it stays."""

import json
from io import StringIO
from pathlib import Path

import click

from erbij.cli.serve import load_django


@click.command()
@click.argument("school")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="New folder.")
@click.option("--erase", is_flag=True, help="Erase it here afterwards; asks to type the name of the school.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written and erased as JSON.")
def leave(school: str, *, out: Path, erase: bool, as_json: bool) -> None:
    """Write everything that is a school's own to a folder: releases, notes, people, records.

    SCHOOL is its name in addresses, such as de-linde. Refused with --erase while a survey is open.
    """
    if erase:
        click.echo(f"Nothing of {school} will stay here. To go on, type: {school}", err=True)
        if click.prompt("", prompt_suffix="> ", err=True).strip() != school:
            raise click.Abort
    written = StringIO()
    load_django().call_command("leave", school, out=out, erase=erase, stdout=written)
    outcome = json.loads(written.getvalue())
    if as_json:
        click.echo(json.dumps(outcome))
        return
    click.echo("\n".join(f"{outcome['out']}/{name}" for name in outcome["written"]))
    for what, count in sorted(outcome["erased"].items()):
        click.echo(f"erased: {count} {what}")
    if outcome["erased"]:
        click.echo("It still stands in backups from before: destroy those, or wait until they go.", err=True)
