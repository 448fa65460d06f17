"""Files of other tools, sent as a browser sends them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from erbij.studies.mapping import correcting, door, guess
from erbij.web.accounts.models import Person
from erbij.web.mapping.forms import MappingForm, seal_of

INSTRUMENT = "erbij-pulse-10-18"
"""A short questionnaire: its report is made in no time."""


@pytest.fixture
def send(cast: Any, signed_in: Any) -> Callable[..., Any]:
    """Send a file to a step, as somebody."""
    Person.objects.update(language="en")

    def post(step: str, content: bytes, *, who: str = "coordinator", **more: Any) -> Any:
        data = {"instrument": INSTRUMENT, "file": SimpleUploadedFile("anything.csv", content), **more}
        return signed_in(who).post(reverse(step, args=[cast.school.slug]), data)

    return post


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """What the browser sends of the page that was shown, with some choices changed."""
    return values(page.context["mapping"], **changes)


def values(form: MappingForm, **changes: Any) -> dict[str, Any]:
    """What the browser sends of a form, with some choices changed."""
    given = {name: form[name].value() or "" for name in form.fields}
    return given | {"title": "May 2026"} | changes


def field(page: Any, label: str) -> str:
    """The name of the field with this label."""
    fields = page.context["mapping"].fields
    return next(name for name, each in fields.items() if str(each.label) == label)


@pytest.fixture
def tell(send: Callable[..., Any]) -> Callable[..., Any]:
    """Look at a file and confirm it, with some choices changed."""

    def both(content: bytes, *, instrument: str = INSTRUMENT, **changes: Any) -> Any:
        file, given = door.taken(content)
        found = correcting.careful(given, guess.of(given, instrument=instrument))
        form = MappingForm(given=given, found=found, initial={"seal": seal_of(file)})
        return send("mapping-report", content, instrument=instrument, **values(form, **changes))

    return both


def unzipped(answer: Any) -> dict[str, bytes]:
    """The files that were handed over."""
    assert answer["Content-Type"] == "application/zip", answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
