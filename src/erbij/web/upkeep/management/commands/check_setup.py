"""`erbij manage check_setup`: what is wrong with the set-up, as JSON; `erbij check` tells it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from erbij.web.upkeep import checks, told


class Command(BaseCommand):
    """Look, and write what was found."""

    help = "Look at the set-up and write what is wrong with it as JSON; `erbij check` tells it in words."
    requires_system_checks = ()  # they are what is told

    def add_arguments(self, parser: CommandParser) -> None:
        """Know the language of what is told."""
        parser.add_argument("--language", default="nl", help="nl, en or fr")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change nothing."""
        with override(options["language"]):
            found = told.findings(checks.found())
            lines = told.lines(found)
        is_well = all(each["level"] != told.ERROR for each in found)
        outcome = {"is_well": is_well, "looked_at": list(checks.ALL), "findings": found, "lines": lines}
        self.stdout.write(json.dumps(outcome, ensure_ascii=False))
