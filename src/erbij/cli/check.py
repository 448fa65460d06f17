"""`erbij check`: what is wrong with the set-up of the web application, in words."""

import json
import sys
from io import StringIO

import click

from erbij.cli.serve import load_django
from erbij.words import LANGUAGES


@click.command()
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="nl",
    show_default=True,
    help="Language of what is said.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(*, language: str, as_json: bool) -> None:
    """Look at the set-up of the web application. Exit code 1 where something has to be mended.

    Looks at this machine, its databases and its mail server; sends nothing and changes nothing.
    """
    written = StringIO()
    load_django().call_command("check_setup", language=language, stdout=written)
    outcome = json.loads(written.getvalue())
    lines = outcome.pop("lines")
    click.echo(json.dumps(outcome, ensure_ascii=False) if as_json else "\n".join(lines))
    sys.exit(0 if outcome["is_well"] else 1)
