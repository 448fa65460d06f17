"""`erbij manage erasures`: the certificates of what was let go."""

import csv
from typing import Any

from django.core.management.base import BaseCommand

from erbij.web.records.models import Erasure


class Command(BaseCommand):
    """Tell what went, how many, when and by which rule."""

    help = "Write what was let go as a table: day, what, how many, by which rule. Nobody is in it."

    def handle(self, *args: Any, **options: Any) -> None:
        """The newest first."""
        table = csv.writer(self.stdout)
        table.writerow(["on", "what", "count", "rule"])
        for each in Erasure.objects.all():
            table.writerow([each.on, each.what, each.count, each.rule])
