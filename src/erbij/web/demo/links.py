"""The links of the made-up town: to sign in as somebody, to the report, and to the questions of a pupil."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django_scopes import scope

from erbij.web.demo.people import CAST, SCHOOLS
from erbij.web.results import queries as results
from erbij.web.results.models import PupilsPage
from erbij.web.schools.models import School
from erbij.web.surveys import queries as surveys

FILE = "demo-code"


def code() -> str:
    """Give the code in every link to sign in; empty while the town is not whole."""
    try:
        return _path().read_text().strip()
    except FileNotFoundError:
        return ""


def make_code() -> None:
    """Draw the code: the last step of making a town, so that who has it finds the town whole."""
    handle = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(16))


def forget_code() -> None:
    """Throw the code away."""
    _path().unlink(missing_ok=True)


def all_of_them() -> dict[str, object]:
    """Give every path as `erbij demo` prints it.

    `sign_in` by role, `report`, what waits for a choice and what was planned (`choices`, `actions`), what
    pupils `heard` with the answers to their ideas, and the `class` that answers.

    A visitor may have closed what was open, or withdrawn the page of what was heard: then these are empty.
    """
    school = School.objects.get(slug=SCHOOLS[0].slug)
    with scope(school=school):
        released = results.releases_of(school.pk)[-1]
        page = PupilsPage.objects.filter(record=released, approved_on__isnull=False).first()
        running = [session for wave in surveys.waves_of(school.pk) for session in surveys.sessions_of(wave)]
    words = [session.word for session in running[-1:]]
    return {
        "sign_in": {role: reverse("demo-as", args=[role, code()]) for role in CAST},
        "report": reverse("result", args=[school.slug, released.wave.code]),
        "choices": reverse("choices", args=[school.slug]),
        "actions": reverse("actions", args=[school.slug]),
        "heard": reverse("pupils-page", args=[page.code]) if page else "",
        "class": {word: reverse("pupil-questions", args=[word]) for word in words},
    }


def as_text() -> str:
    """Write the links as JSON."""
    return json.dumps(all_of_them())


def _path() -> Path:
    path: Path = settings.DATA / FILE
    return path
