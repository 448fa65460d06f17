"""`erbij manage prepare`: make what is needed before the first page can be answered."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from erbij.web import security, versions


class Command(BaseCommand):
    """Make the key files and bring the tables up to date."""

    help = "Make the key files that are not there yet and bring both databases up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at every start; a database of a newer program is left alone (WebError)."""
        for alias in settings.DATABASES:
            versions.refuse_newer(alias)
        if not settings.KEY_FILE.exists():
            security.kept_key(settings.KEY_FILE)
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, interactive=False, verbosity=options["verbosity"])
        call_command("help_key")
