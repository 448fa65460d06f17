"""`erbij manage start_code`: show the code of the first start."""

from typing import Any

from django.core.management.base import BaseCommand

from erbij.web import codes
from erbij.web.accounts import start_code


class Command(BaseCommand):
    """Show the one-time code with which the first coordinator makes an account."""

    help = "Show the one-time code for /first/; nothing once somebody has an account."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the code, or nothing."""
        if code := start_code.current():
            self.stdout.write(codes.shown(code))
