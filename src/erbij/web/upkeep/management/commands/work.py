"""`erbij manage work`: a process beside the pages, for as long as it runs."""

from typing import Any

from django.core.management.base import BaseCommand

from erbij.web.upkeep import nights


class Command(BaseCommand):
    """Look every minute whether a pupil waits, and do once a night what has to be done."""

    help = "Look every minute whether a pupil waits for an adult, and work once a night; until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Beside any number of servers."""
        nights.keep_on()
