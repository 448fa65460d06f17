"""`erbij manage nightly`: what has to be done once a day, each part whether or not another one fails."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from erbij.web.upkeep import nights


class Command(BaseCommand):
    """Once, for a timer of the machine."""

    help = "Mix what waits and make a backup, where ERBIJ_BACKUP_FOR says for whom; writes what it came to."

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 where a part failed."""
        told = nights.work()
        self.stdout.write(json.dumps(told))
        if any(each.startswith(nights.FAILED) for each in told.values()):
            sys.exit(1)
