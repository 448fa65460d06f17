"""`erbij manage help_tick`: count a school hour for pupils who wait."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone

from erbij.web.help import ticks

EVERY = 60  # seconds
LOOKED = "looked"
"""A file without content: its time is that of the last look, and `erbij check` reads it."""
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Once, for a timer of the machine, or for as long as the server runs."""

    help = "Count a school hour for pupils who wait for an adult; `erbij serve` does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--forever", action="store_true", help="look every minute whether it is time")

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at any moment and from many processes."""
        if not options["forever"]:
            _tick()
            return
        while True:
            time.sleep(EVERY)
            keep_on()


def _tick() -> None:
    """Count while adults may be at school: a night is no school hour that somebody waited."""
    (settings.DATA / LOOKED).touch(mode=0o600)
    now = timezone.now()
    if ticks.is_school_time(now):
        ticks.tick(now)


def keep_on() -> None:
    """Tick if it is time; what goes wrong now may go right in a minute."""
    try:
        _tick()
    except Exception as problem:
        log.error("a tick of the help channel failed: %s", type(problem).__name__)
    finally:
        connections.close_all()
