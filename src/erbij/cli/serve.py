"""`erbij serve` and `erbij manage`: the web application, without naming it before it is asked for."""

import os
import sys
from typing import Any

import click
from rich.console import Console


def _django() -> Any:
    # Imported here: `erbij report` must not pay for Django, and settings make key files when read.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erbij.web.settings")
    os.umask(0o077)  # database, log and keys are for this account only
    import django  # noqa: PLC0415

    django.setup()
    from django.core import management  # noqa: PLC0415

    return management


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at."
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="How many processes."
)
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 256), help="Threads in each.")
def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Start the web application: brings the database up to date, then answers until Ctrl-C.

    Settings come from the environment (docs/settings.md); the first start asks for nothing.
    """
    management = _django()
    management.call_command("prepare", verbosity=0)
    console = Console(stderr=True, highlight=False)
    shown = f"[{host}]" if ":" in host else host
    console.print(f"Erbij answers at http://{shown}:{port}/home/ (Ctrl-C stops it).", markup=False)
    if code := _start_code(management):
        console.print(f"First start: open http://{shown}:{port}/first/ and type {code}", markup=False)
    _answer(host, port, workers=workers, threads=threads)


def _start_code(management: Any) -> str:
    from io import StringIO  # noqa: PLC0415

    written = StringIO()
    management.call_command("start_code", stdout=written)
    return written.getvalue().strip()


def _answer(host: str, port: int, *, workers: int, threads: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    # Its access log stays off: it would hold addresses and the words of sessions.
    Server(
        "erbij.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,
        log_enabled=False,
    ).serve()


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(*, arguments: tuple[str, ...]) -> None:
    """Run a command of Django: `erbij manage migrate`, `erbij manage help`."""
    management = _django()
    sys.exit(management.execute_from_command_line(["erbij manage", *arguments]))
