import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pptx import Presentation
from pypdf import PdfReader

from erbij.reports.words import PLAIN_LANGUAGES
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys.models import Wave


def sheet(record: ReleaseRecord, language: str) -> str:
    return reverse("result-summary", args=[record.school.slug, record.wave.code, language])


def page(record: ReleaseRecord) -> str:
    return reverse("tell-back", args=[record.school.slug, record.wave.code])


def test_page_for_parents_is_there_in_every_language(record: ReleaseRecord, signed_in: Any) -> None:
    member = signed_in("team-member")
    told = member.get(page(record)).content.decode()
    assert all(sheet(record, language) in told for language in PLAIN_LANGUAGES)
    answer = member.get(sheet(record, "pl"))
    assert answer["Content-Type"] == "application/pdf"
    assert "summary-pl.pdf" in answer["Content-Disposition"]
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "De Linde" in text
    assert "9 stycznia 2026" in text
    assert "1712" in text  # whom parents in Belgium can call


@pytest.mark.parametrize("language", ["xx", "nl-BE"])
def test_language_that_is_not_there_is_not_found(
    record: ReleaseRecord, signed_in: Any, language: str
) -> None:
    assert signed_in("coordinator").get(sheet(record, language)).status_code == 404


def test_what_adults_answered_has_no_page_for_parents(record: ReleaseRecord, signed_in: Any) -> None:
    with scope(school=record.school):
        Wave.objects.filter(pk=record.wave.pk).update(instrument_id="erbij-parents")
    coordinator: Client = signed_in("coordinator")
    assert coordinator.get(sheet(record, "nl")).status_code == 404
    told = coordinator.get(page(record)).content.decode()
    assert not re.search("summary/", told)
    assert "what pupils answered" in told


def test_team_picks_what_is_on_the_slides(record: ReleaseRecord, signed_in: Any) -> None:
    member, teacher = signed_in("team-member"), signed_in("teacher")
    with scope(school=record.school):
        ReleaseRecord.objects.update(is_shared=True)
    told = member.get(page(record)).content.decode()
    assert 'name="section" value="level"' in told
    assert 'name="section"' not in teacher.get(page(record)).content.decode()
    address = reverse("result-slides", args=[record.school.slug, record.wave.code])
    made = Presentation(io.BytesIO(member.get(address, {"section": ["limits"]}).content))
    assert [slide.shapes.title.text for slide in made.slides][1:] == ["What this cannot tell you"]
    assert member.get(address, {"section": ["limits", "x"]}).status_code == 400
