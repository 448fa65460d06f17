"""`erbij manage remind`: e-mail to owners of actions whose day to look comes or has come."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone

from erbij.web.plans import reminders

EVERY = 3600  # seconds
MORNING = 7  # hours of the clock: nobody is written to at night
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Once a day, from a timer of the machine, or for as long as the server runs."""

    help = "Remind owners of actions by e-mail, each of a day once; `erbij serve` does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--forever", action="store_true", help="look every hour, from 7 in the morning")

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at any moment and from many processes."""
        if not options["forever"]:
            self._once()
            return
        while True:
            keep_on()
            time.sleep(EVERY)

    def _once(self) -> None:
        self.stdout.write(f"{reminders.send(timezone.localdate())} sent.")
        if left := reminders.unsure():
            self.stderr.write(f"Of {left} nobody knows whether they went; they are not sent again.")


def keep_on() -> None:
    """Send what is due; what goes wrong now may go right in an hour."""
    try:
        now = timezone.localtime()
        if now.hour >= MORNING:
            reminders.send(now.date())
    except Exception as problem:
        log.error("reminding failed: %s", type(problem).__name__)
    finally:
        connections.close_all()
