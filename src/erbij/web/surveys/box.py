"""The ballot box: sealed ballots of open waves, and nothing that says whose or when.

Only `services.accept_ballot` puts in, only `closing` takes out.
"""

import uuid

from django.db import models


class Ballot(models.Model):
    """One sealed ballot.

    No time, session, class, school or sequence, no foreign key; in SQLite no hidden row number either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.CharField(max_length=16)
    sealed = models.TextField()

    def __str__(self) -> str:
        return "sealed ballot"
