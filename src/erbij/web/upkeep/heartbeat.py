"""When somebody last looked whether a pupil waits: the time of a file without content."""

import time

from django.conf import settings

from erbij.web.help.management.commands.help_tick import LOOKED


def silence() -> float | None:
    """Seconds since the last look; None where nobody ever did."""
    path = settings.DATA / LOOKED
    return max(0.0, time.time() - path.stat().st_mtime) if path.exists() else None
