"""`erbij manage made_up_town`: make the town where it is not there yet, and write its links as JSON."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from erbij.web.demo import filling, links


class Command(BaseCommand):
    """Make the made-up town; `erbij demo` runs it."""

    help = "Make the made-up town where it is not there yet, and write its links as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Know `--fresh`."""
        parser.add_argument("--fresh", action="store_true", help="Make it anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at every start."""
        filling.make_ready(fresh=options["fresh"])
        self.stdout.write(links.as_text())
