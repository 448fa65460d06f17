import datetime as dt
from typing import Any

import pytest
from django_scopes import scope

from erbij.web.accounts.models import Person
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave


@pytest.fixture
def record(cast: Any, text: str) -> ReleaseRecord:
    """The release of a closed wave at the school of the cast."""
    Person.objects.update(language="en")
    with scope(school=cast.school):
        wave = services.create_wave(school=cast.school, title="Autumn", instrument="erbij-pupils-8-9")
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)
        kept: ReleaseRecord = ReleaseRecord.objects.create(
            school=cast.school,
            wave=wave,
            closed_on=dt.date(2026, 1, 9),
            text=text,
            sha256=files.hash_of(text),
            undecodable=2,
        )
    return kept
