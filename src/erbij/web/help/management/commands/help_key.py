"""`erbij manage help_key`: make the key file of the help channel."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from erbij.web import security
from erbij.web.help import boxes


class Command(BaseCommand):
    """Make the key file, unless that would hide what pupils asked under another one."""

    help = "Make the key file of the help channel where there is none; `prepare` does it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at every start."""
        if settings.HELP_KEY_FILE.exists():
            return
        if boxes.any_box() is not None:
            self.stderr.write(
                f"{boxes.SETTING}: the key file is gone. What pupils asked can't be read and nothing new is"
                " taken: put the copy back that was kept. To give up what was asked, empty the help database."
            )
            return
        security.kept_key(settings.HELP_KEY_FILE)
