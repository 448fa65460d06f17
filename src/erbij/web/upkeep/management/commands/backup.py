"""`erbij manage backup`: a copy of all data, and away with old ones; `erbij backup` runs it."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from erbij.web.upkeep import keeping
from erbij.web.upkeep.copies import making, shelf


class Command(BaseCommand):
    """Make a copy, look at it, tidy the shelf."""

    help = "Make a locked copy of all data, read it back, and remove copies that may not stay; writes JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Know where, for whom and with what; the settings say it otherwise."""
        parser.add_argument("--to", default=settings.BACKUPS, type=Path, help="folder of copies")
        parser.add_argument("--for", dest="names", nargs="*", default=settings.BACKUP_FOR, help="age1...")
        parser.add_argument("--with-keys", action="store_true", help="the keys of this server travel with it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse (WebError) while a class answers."""
        folder = options["to"]
        made = making.make(folder=folder, names=options["names"], with_keys=options["with_keys"])
        gone = keeping.tidy_copies(folder, now=dt.datetime.now(dt.UTC))
        outcome = {
            "made": str(made.path),
            "bytes": made.path.stat().st_size,
            "holds_ballots_of": len(made.waves),
            "holds_keys": made.with_keys,
            "removed": [copy.path.name for copy in gone],
            "kept": len(shelf.copies(folder)),
        }
        self.stdout.write(json.dumps(outcome))
