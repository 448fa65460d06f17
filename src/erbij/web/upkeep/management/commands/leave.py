"""`erbij manage leave`: everything of a school into a folder, and away with it; `erbij leave` runs it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from erbij.errors import WebError
from erbij.studies.safe_csv import write_whole
from erbij.web.schools.models import School
from erbij.web.upkeep import leaving


class Command(BaseCommand):
    """Take along, then erase."""

    help = "Write everything that is a school's own to a folder, and with --erase erase it here; writes JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Know the school, the folder, and whether it goes."""
        parser.add_argument("school", help="its name in addresses, such as de-linde")
        parser.add_argument("--out", type=Path, required=True, help="new or empty folder")
        parser.add_argument("--erase", action="store_true", help="nothing of it stays")

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is erased before everything is written."""
        school = School.objects.filter(slug=options["school"]).first()
        if school is None:
            known = School.objects.order_by("slug").values_list("slug", flat=True)
            raise WebError("no such school", where=(options["school"],), allowed=list(known))
        out: Path = options["out"]
        if out.exists() and any(out.iterdir()):
            raise WebError("is not empty", where=(str(out),), advice="Name a new folder.")
        files = leaving.everything(school)
        write_whole({out / name: raw for name, raw in files.items()})
        gone = leaving.erase(school, today=timezone.localdate()) if options["erase"] else {}
        self.stdout.write(json.dumps({"out": str(out), "written": sorted(files), "erased": gone}))
