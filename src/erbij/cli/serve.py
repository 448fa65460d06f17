"""`erbij serve` and `erbij manage`: the web application, without naming it before it is asked for."""

import multiprocessing
import os
import socket
import sys
import threading
from functools import partial
from importlib import import_module
from typing import Any

import click
from rich.console import Console

from erbij.errors import WebError


def load_django() -> Any:
    """Set up the web application and give its commands."""
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
@click.option(
    "--threads", default=16, show_default=True, type=click.IntRange(1, 256), help="Threads in each."
)
def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Start the web application: brings the database up to date, then answers until Ctrl-C.

    Settings come from the environment (docs/settings.md); the first start asks for nothing.
    """
    refuse_taken(host, port)
    management = load_django()
    management.call_command("prepare", verbosity=0)
    management.call_command("mix", verbosity=0)
    console = Console(stderr=True, highlight=False)
    address = address_of(host, port)
    console.print(f"Erbij answers at {address}/home/ (Ctrl-C stops it).", markup=False)
    if code := _start_code(management):
        console.print(f"First start: open {address}/first/ and type {code}", markup=False)
    keep_time(management)
    answer(host, port, workers=workers, threads=threads)


def address_of(host: str, port: int) -> str:
    """Write the address as a browser on this machine takes it.

    >>> address_of("::1", 8000), address_of("0.0.0.0", 80)
    ('http://[::1]:8000', 'http://127.0.0.1:80')
    """
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (read, not listened at)
    shown = everywhere.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def refuse_taken(host: str, port: int) -> None:
    """Say that nobody can listen there, before any work is done: the server itself would say nothing.

    Raises
    ------
    WebError
        Another program listens there, or this machine has no such address.
    """
    try:
        kind, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as trial:
            # As the server does: a port that was left a moment ago is free.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as problem:
        raise WebError(
            f"can't listen there ({problem.strerror})",
            where=(f"{host}, port {port}",),
            advice=f"Stop what listens there, or name another port: --port {port % 65535 + 1}.",
        ) from problem


def _start_code(management: Any) -> str:
    from io import StringIO  # noqa: PLC0415

    written = StringIO()
    management.call_command("start_code", stdout=written)
    return written.getvalue().strip()


def keep_time(management: Any) -> None:
    """Look every minute whether a pupil waits too long (decisions/0005), every hour whom to remind (0020)."""
    for command in ("help_tick", "remind"):
        keeping = threading.Thread(
            target=management.call_command, args=(command,), kwargs={"forever": True}, daemon=True
        )
        keeping.start()


def answer(host: str, port: int, *, workers: int, threads: int) -> None:
    """Answer until Ctrl-C."""
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    # A forked worker would inherit open connections, and locks of threads that it does not have: it hung.
    multiprocessing.set_start_method("spawn", force=True)
    # Its access log stays off: it would hold addresses and the words of sessions.
    Server(
        "erbij.web.door",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        respawn_failed_workers=True,  # a worker that the machine kills must not take the school down
        log_access=False,
        log_enabled=False,
    ).serve(target_loader=partial(_door, threads))


def _door(threads: int, target: str) -> Any:
    return import_module(target).opened(threads)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(*, arguments: tuple[str, ...]) -> None:
    """Run a command of Django: `erbij manage migrate`, `erbij manage help`."""
    management = load_django()
    sys.exit(management.execute_from_command_line(["erbij manage", *arguments]))
