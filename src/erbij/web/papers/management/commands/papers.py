"""`erbij manage papers`: write the papers to a folder; `erbij papers` is its door."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from erbij.errors import WebError
from erbij.web.papers import writing


class Command(BaseCommand):
    """Write what the data-protection officer and the IT coordinator ask for."""

    help = "Write the papers of this set-up to a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Know where to, and in which language."""
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--language", default="nl", help="nl, en or fr")

    def handle(self, *args: Any, **options: Any) -> None:
        """Overwrite nothing: what somebody completed by hand stays."""
        out: Path = options["out"]
        written = writing.papers(options["language"])
        if there := [name for name in written if (out / name).exists()]:
            raise WebError("is already there", where=(str(out),), found=there[0], advice="Name a new folder.")
        out.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            (out / name).write_text(text, encoding="utf-8")
        self.stdout.write(json.dumps({"out": str(out), "written": sorted(written)}))
