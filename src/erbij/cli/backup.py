"""`erbij backup` and `erbij restore`: a locked copy of all data, and the way back."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import click

from erbij.cli.serve import load_django

FILE = click.Path(dir_okay=False, path_type=Path)
WORDS = "keys and ballots together"
"""To be typed: whoever opens such a copy reads answers before the survey has closed."""


@click.command()
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Folder; else ERBIJ_BACKUPS.")
@click.option("--for", "names", multiple=True, metavar="age1...", help="Who may open it; repeatable.")
@click.option("--new-key", type=FILE, help="Only write a new key that opens copies to this file.")
@click.option("--with-keys", is_flag=True, help="The keys of this server travel with it; asks for words.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def backup(
    *, to: Path | None, names: tuple[str, ...], new_key: Path | None, with_keys: bool, as_json: bool
) -> None:
    """Make a locked copy of all data and read it back; remove copies that may not stay.

    Refused while a class is answering. For whom it is locked: --for, or ERBIJ_BACKUP_FOR.
    """
    if with_keys:
        _ask_for_words()
    management = load_django()
    if new_key is not None:
        public = _said(management, "backup_key", str(new_key))
        click.echo(json.dumps({"public": public}) if as_json else f"ERBIJ_BACKUP_FOR={public}")
        return
    where = {name: value for name, value in (("to", to), ("names", list(names))) if value}
    outcome = json.loads(_said(management, "backup", with_keys=with_keys, **where))
    click.echo(json.dumps(outcome) if as_json else "\n".join(_told(outcome)))


def _ask_for_words() -> None:
    click.echo(f"Such a copy opens the ballots of open surveys. To go on, type: {WORDS}", err=True)
    if click.prompt("", prompt_suffix="> ", err=True).strip() != WORDS:
        raise click.Abort


def _told(outcome: dict[str, Any]) -> list[str]:
    told = [f"{outcome['made']} ({outcome['bytes']} bytes), read back and found whole"]
    if outcome["holds_ballots_of"]:
        told.append("It holds sealed ballots of a survey that is open: it goes once that has closed.")
    told += [f"removed: {name}" for name in outcome["removed"]]
    return told


@click.command()
@click.argument("file", type=FILE)
@click.option("--key", type=FILE, required=True, help="File of the key that opens it (backup --new-key).")
@click.option("--json", "as_json", is_flag=True, help="Print what was restored as JSON.")
def restore(file: Path, *, key: Path, as_json: bool) -> None:
    """Put a copy back into an empty ERBIJ_DATA or database, and bring its tables up to date.

    Overwrites nothing: where anything is there already, it stops.
    """
    outcome = json.loads(_said(load_django(), "restore", str(file), key=key))
    if as_json:
        click.echo(json.dumps(outcome))
        return
    click.echo(f"Restored: {outcome['rows']} rows of {outcome['made']}, each as it was in the copy.")
    if outcome["open_surveys"] and not outcome["keys"]:
        click.echo("Put the key files back too: ERBIJ_KEY_FILE and ERBIJ_HELP_KEY_FILE.", err=True)


def _said(management: Any, name: str, *arguments: str, **options: Any) -> str:
    written = StringIO()
    management.call_command(name, *arguments, stdout=written, **options)
    return written.getvalue().strip()
