"""`erbij manage restore`: put a copy back into empty databases; `erbij restore` runs it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from erbij.web.upkeep.copies import restoring


class Command(BaseCommand):
    """Put a copy back."""

    help = "Put a copy of all data back into databases that are empty; writes JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Know the copy and the key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="file of the key that opens it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Overwrite nothing."""
        contents = restoring.restore(file=options["file"], key=options["key"]).contents
        outcome = {
            "made": contents.made,
            "version": contents.version,
            "rows": sum(contents.rows.values()),
            "open_surveys": len(contents.waves),
            "keys": contents.keys,
        }
        self.stdout.write(json.dumps(outcome))
