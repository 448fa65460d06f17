"""Reads about acts, inside the scope of their school."""

import csv
import io

from django.db.models import QuerySet

from erbij.studies.safe_csv import FORMULA_STARTS
from erbij.web.records.models import Act

SHOWN = 200
"""Of the newest, on the page; the file has all."""
COLUMNS = ("at", "who", "person", "kind", "thing")


def acts() -> QuerySet[Act]:
    """Find everything that was done at the school, the newest first."""
    return Act.objects.all()


def as_csv() -> str:
    """Write all of it as a table; times in UTC."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for act in acts().iterator():
        table.writerow(
            [act.at.isoformat(timespec="minutes"), _safe(act.who), act.person, act.kind, act.thing]
        )
    return written.getvalue()


def _safe(name: str) -> str:
    """A name that a spreadsheet would take for a formula is marked as text."""
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name
