"""`erbij demo`: a made-up town as a running school, with a link to sign in for every role."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from erbij.cli.serve import address_of, answer, keep_time, load_django, refuse_taken

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the town; without it `demo` in ERBIJ_DATA.",
)
@click.option("--fresh", is_flag=True, help="Make the town anew.")
@click.option("--no-serve", is_flag=True, help="Make the town and print its links; do not answer.")
@click.option("--json", "as_json", is_flag=True, help="Print the links as JSON.")
def demo(*, host: str, port: int, data: Path | None, no_serve: bool, **asked: bool) -> None:
    """Start a made-up town: schools with a closed survey, and one that pupils can answer now.

    Nobody in it is real. Its data stand apart; a second start finds the town as it was left.
    """
    if not no_serve:
        refuse_taken(host, port)
    _set_apart(data or _data() / "demo", host)
    management = load_django()
    Console(stderr=True, highlight=False).print("Making the made-up town, where it is not there yet...")
    links = _with_address(_links(management, fresh=asked["fresh"]), address_of(host, port))
    click.echo(json.dumps(links) if asked["as_json"] else "\n".join(_lines(links)))
    if not no_serve:
        click.echo("Ctrl-C stops it.", err=True)
        keep_time(management)
        answer(host, port, workers=1, threads=THREADS)


def _data() -> Path:
    return Path(os.environ.get("ERBIJ_DATA", "").strip() or "~/.local/share/erbij").expanduser()


def _set_apart(folder: Path, host: str) -> None:
    """Settings of its own: no key, no mail server and no host name of the real one."""
    os.environ.setdefault("ERBIJ_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    for name in (
        "ERBIJ_KEY_FILE",
        "ERBIJ_HELP_KEY_FILE",
        "ERBIJ_SECRET_KEY",
        "ERBIJ_EMAIL_HOST",
        "ERBIJ_HTTPS",
    ):
        os.environ[name] = ""
    os.environ |= {"ERBIJ_DEMO": "1", "ERBIJ_DATA": str(folder.absolute())}


def _links(management: Any, *, fresh: bool) -> dict[str, Any]:
    written = StringIO()
    management.call_command("made_up_town", fresh=fresh, stdout=written)
    links: dict[str, Any] = json.loads(written.getvalue())
    return links


def _with_address(links: dict[str, Any], address: str) -> dict[str, Any]:
    return {
        "sign_in": {role: address + path for role, path in links["sign_in"].items()},
        **{name: address + links[name] for name in ("report", "choices", "actions")},
        "heard": links["heard"] and address + links["heard"],
        "class": {word: address + path for word, path in links["class"].items()},
    }


def _lines(links: dict[str, Any]) -> list[str]:
    """Everything to try, a line each."""
    questions = ["", "No class is answering any more; --fresh makes the town anew."]
    for word, link in links["class"].items():
        questions = ["", f"Answer as a pupil of the class whose word is {word}:", f"  {link}"]
    return [
        "A made-up town: not one pupil, school or answer in it is real.",
        "",
        "Sign in as",
        *(f"  {role:<14} {link}" for role, link in links["sign_in"].items()),
        "",
        "The report of the survey that was closed (sign in as coordinator first):",
        f"  {links['report']}",
        "",
        "What the team chose and planned after it, and what still waits for a choice:",
        f"  {links['choices']}",
        f"  {links['actions']}",
        "",
        "What pupils heard back, with the answers to their ideas (no need to sign in):",
        f"  {links['heard'] or 'the page was withdrawn'}",
        *questions,
    ]
