"""Drawings of figures, kept as files: the same figure is drawn once, for every reader and every process.

A drawing holds nothing but what its page says. Throwing the folder away costs only the time to draw again.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from erbij.reports import charts
from erbij.reports.description import Figure
from erbij.web.surveys.closing import Progress

WIDTHS: tuple[charts.Width, ...] = ("wide", "narrow")


def drawing_of(figure: Figure, width: charts.Width) -> SafeString:
    """A drawing of a figure; empty where there is nothing to draw."""
    if figure.is_withheld:
        return SafeString()
    path = _place(figure, width)
    try:
        svg = path.read_text("utf-8")
    except FileNotFoundError:
        svg = charts.draw(figure, width)
        _keep(path, svg)
    # The chart escapes its own text.
    return mark_safe(svg)  # noqa: S308


def draw_all(figures: Iterable[Figure], progress: Progress) -> None:
    """Draw beforehand, and throw away what an earlier version of the charts drew.

    Parameters
    ----------
    progress
        Told the step `drawing`, how many figures are done and how many there are.
    """
    wanted = list(figures)
    _forget_others()
    for done, figure in enumerate(wanted):
        progress("drawing", done, len(wanted))
        for width in WIDTHS:
            drawing_of(figure, width)


def _place(figure: Figure, width: charts.Width) -> Path:
    name = hashlib.sha256(f"{width} {figure!r}".encode()).hexdigest()
    return _folder() / f"{name}.svg"


def _folder() -> Path:
    return Path(settings.DATA) / "drawings" / _version()


@cache
def _version() -> str:
    """A name for the code that draws: what it drew before it changed is not read again."""
    here = Path(charts.__file__)
    sources = sorted(here.parent.rglob("*.py")) if here.stem == "__init__" else [here]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def _keep(path: Path, svg: str) -> None:
    """Write whole or not at all: another process may be reading. A full disk only costs drawing again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(svg)
        Path(name).replace(path)
    except OSError:
        return


def _forget_others() -> None:
    here = _folder()
    for folder in here.parent.glob("*"):
        if folder != here:
            shutil.rmtree(folder, ignore_errors=True)
