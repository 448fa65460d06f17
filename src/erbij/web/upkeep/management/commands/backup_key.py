"""`erbij manage backup_key`: a new key that opens copies; `erbij backup --new-key` runs it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from erbij.web.upkeep.copies import locks


class Command(BaseCommand):
    """Make a key."""

    help = "Write a new key that opens copies to a file, and its public half to the terminal."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Know the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Overwrite nothing."""
        self.stdout.write(locks.new_identity(options["file"]))
