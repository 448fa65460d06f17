"""`erbij report`: an answer file in, an honest report out."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from erbij.cli.progress import steps
from erbij.errors import ReportError
from erbij.privacy import gate, workers
from erbij.privacy import ledger as ledgers
from erbij.privacy import release as releases
from erbij.privacy.ledger import Folder
from erbij.privacy.release import Release
from erbij.reports import html, pdf
from erbij.reports.report import describe
from erbij.reports.words import LANGUAGES
from erbij.studies.opening import open_study
from erbij.studies.safe_csv import Content, write_whole

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--study", required=True, type=FILE, help="STUDY.toml: which columns are what.")
@click.option("--out", required=True, type=FOLDER, help="Folder to write.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Of the report."
)
@click.option(
    "--before", type=FILE, multiple=True, help="Earlier release.json of the school, oldest first; repeatable."
)
@click.option("--network", type=FILE, help="release.json of the network of the school, to stand beside it.")
@click.option("--ledger", type=FOLDER, help="Folder of earlier releases; this one is added. Keep it private.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=workers.available,
    show_default="one for each processor",
    help="That protect the schools of a large network at a time; each takes memory.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def report(file: Path, study: Path, out: Path, *, language: str, **more: Any) -> None:
    """Make release.json, cells.csv, report.html and report.pdf from an answer FILE.

    Nothing is written unless everything is protected and well.
    """
    before = _earlier(more["before"])
    network = None if more["network"] is None else releases.read(more["network"])
    with steps("Reading the answers", "Computing and protecting", "Writing the report") as step:
        step()
        opened = open_study(file, study)
        step()
        kept = None if more["ledger"] is None else Folder(more["ledger"])
        released = gate.release(opened, ledger=kept, processes=more["processes"])
        step()
        told = describe(released, language, before=before, network=network)
        pages = {"report.html": html.render(told).encode(), "report.pdf": pdf.render(told)}
        files: dict[str, Content] = {**pages, **releases.files(released)}
        write_whole({out / name: content for name, content in files.items()})
        if kept is not None:
            kept.add(ledgers.entry(opened, released, kept.salt()), (out / "release.json").read_bytes())
    written = {name: str(out / name) for name in files}
    if more["as_json"]:
        shown = int((released.cells["status"] == "shown").sum())
        hidden = released.cells.height - shown
        click.echo(json.dumps({"written": written, "cells": {"shown": shown, "withheld": hidden}}))
    else:
        click.echo("\n".join(written.values()))


def _earlier(paths: tuple[Path, ...]) -> tuple[Release, ...]:
    """The releases in these files, of which none was made before one that stands in front of it."""
    found = [releases.read(path) for path in paths]
    hashes = [sha256(path.read_bytes()).hexdigest() for path in paths]
    for place, release in enumerate(found):
        if release.card.previous and release.card.previous in hashes[place + 1 :]:
            later = paths[hashes.index(release.card.previous)]
            raise ReportError(
                "must be given oldest first", where=("--before",), found=f"{paths[place]}, {later}"
            )
    return tuple(found)
