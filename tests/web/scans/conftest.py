"""A school with a release that tells of the welcome, and scans of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from erbij.web.accounts.models import Person
from erbij.web.scans import services
from erbij.web.scans.models import SchoolScan
from tests.actions.conftest import cell, release
from tests.web.plans.conftest import LONG_AGO, TODAY, keep

__all__ = ["keep"]
OTHER, SAME = ("home-language", "other"), ("home-language", "school-language")


def told(*, pupils: float = 40.0) -> Any:
    """Pupils find the welcome so warm; who speaks another language belongs less."""
    return release(
        cell("mean:lever-welcome", pupils),
        cell("gap", -9.0, group=OTHER),
        cell("below", 30.0, half=10.0, group=OTHER, n=40),
        cell("mean", 50.0, group=OTHER, n=40),
        cell("mean", 60.0, group=SAME, n=120),
    )


@pytest.fixture
def start(cast: Any) -> Callable[..., SchoolScan]:
    """Start a scan at the school of the cast."""
    Person.objects.update(language="en")

    def put(opportunity: str = "welcome", *, finished: bool = False) -> SchoolScan:
        with scope(school=cast.school):
            made = services.start(school=cast.school, opportunity=opportunity, today=LONG_AGO)
            if finished:
                services.finish(scan=made, today=TODAY)
        return made

    return put


@pytest.fixture
def send(cast: Any, signed_in: Any) -> Callable[..., Any]:
    """Send the form of a scan as somebody of the team."""

    def post(scan: SchoolScan, data: dict[str, Any], *, seen: int = 1, who: str = "team-member") -> Any:
        address = reverse("scan", args=[cast.school.slug, scan.pk])
        return signed_in(who).post(address, {"seen": seen, **data})

    return post


@pytest.fixture
def again(cast: Any) -> Callable[[SchoolScan], SchoolScan]:
    """A scan as it is kept now."""

    def read(scan: SchoolScan) -> SchoolScan:
        with scope(school=cast.school):
            return SchoolScan.objects.get(pk=scan.pk)

    return read
