"""The files that a reader takes along."""

from collections.abc import Callable
from typing import Any

import polars as pl
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from erbij.privacy.release import Release
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import School
from erbij.web.upkeep import leaving

RISKY = "=1+1"


def of_a_class_with_a_risky_name(record: ReleaseRecord) -> ReleaseRecord:
    """The same release, of a school that called its class after a formula."""
    told = files.from_text(record.text, sha256=record.sha256)
    is_class = pl.col("level") == "class"
    name = pl.when(is_class).then(pl.lit(RISKY)).otherwise("unit")
    text = files.to_text(Release(told.card, told.cells.with_columns(unit=name)))
    with scope(school=record.school):
        ReleaseRecord.objects.filter(pk=record.pk).update(text=text, sha256=files.hash_of(text))
        return ReleaseRecord.objects.get(pk=record.pk)


def test_a_spreadsheet_runs_nothing_of_a_table_that_is_taken_along(
    cast: Any, record: ReleaseRecord, signed_in: Callable[[str], Client]
) -> None:
    kept = of_a_class_with_a_risky_name(record)
    place = {"school": cast.school.slug, "code": kept.wave.code, "name": "cells.csv"}
    answer = signed_in("coordinator").get(reverse("result-file", kwargs=place))
    taken = answer.content.decode()
    with scope(school=cast.school):
        left = leaving.everything(cast.school)
    (beside,) = (raw.decode() for name, raw in left.items() if name.endswith("/cells.csv"))
    assert taken == beside
    assert f",'{RISKY}," in taken
    assert f",{RISKY}," not in taken


def test_averages_of_the_safety_monitor_are_there_in_the_netherlands_only(
    cast: Any, record: ReleaseRecord, signed_in: Callable[[str], Client]
) -> None:
    client, place = signed_in("coordinator"), {"school": cast.school.slug, "code": record.wave.code}
    page = reverse("result", kwargs=place)
    file = reverse("result-file", kwargs={**place, "name": "safety-monitor.csv"})
    assert file not in client.get(page).content.decode()
    assert client.get(file).status_code == 404
    School.objects.filter(pk=cast.school.pk).update(country="NL")
    assert file in client.get(page).content.decode()
    answer = client.get(file)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "harm to safety" in answer.content.decode()
