"""`erbij manage mix`: what the disk still tells of the order of arrival goes."""

from typing import Any

from django.core.management.base import BaseCommand

from erbij.web.surveys import mixing


class Command(BaseCommand):
    """Write the database anew if a closed class or survey waits for it."""

    help = "Remove what the database file tells of the order of ballots, where a closed class waits for it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at every start; where nothing waits, nothing happens."""
        if not mixing.catch_up():
            self.stderr.write("The database is busy: this is tried again when a class or a survey closes.")
