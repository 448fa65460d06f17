"""Broken files, sent to the page: one clear message each, nothing about a pupil in it, nothing half told."""

from typing import Any

import good_exports
import pytest
from broken_files import broken
from django.utils import translation
from django_scopes import scope
from good_files import NAME
from hypothesis import given, settings
from hypothesis import strategies as st

from erbij.instruments import registry
from erbij.studies.mapping import correcting, door, writing
from erbij.studies.mapping import guess as guesses
from erbij.studies.mapping.door import ExportError
from erbij.studies.study_file import parse
from erbij.web.mapping.models import ToldFile
from erbij.web.mapping.refusals import REASONS
from tests.web.mapping.conftest import INSTRUMENT, filled

SCALE = registry.load(INSTRUMENT)
FILES = {
    "csv": good_exports.google(SCALE, "en"),
    "xlsx": good_exports.all_of(INSTRUMENT)["microsoft-forms"][1],
}


@pytest.mark.parametrize("kind", FILES)
def test_broken_upload_gets_one_message(kind: str, send: Any, cast: Any) -> None:
    with translation.override("en"):
        words = {str(said) for said in REASONS.values()}
    for how, bent in broken(FILES[kind], count=26, seed=31):
        answer = send("mapping-look", bent)
        assert answer.status_code in (200, 422), how
        if answer.status_code == 422:
            (problem,) = answer.context["form"].errors["file"]
            assert any(problem.endswith(said) for said in words), (how, problem)
            assert NAME not in answer.content.decode(), how
    with scope(school=cast.school):
        assert not ToldFile.objects.exists()


def test_broken_upload_that_is_confirmed_is_told_whole_or_not_at_all(send: Any, cast: Any) -> None:
    told = 0
    for how, bent in broken(FILES["csv"], count=6, seed=4):
        page = send("mapping-look", bent)
        if page.status_code == 200:
            answer = send("mapping-report", bent, **filled(page))
            is_told = answer["Content-Type"] == "application/zip"
            assert is_told or answer.status_code == 422, how
            told += is_told
    with scope(school=cast.school):
        assert ToldFile.objects.count() <= told


@given(st.binary(max_size=400))
def test_any_bytes_are_an_export_or_have_a_reason(content: bytes) -> None:
    try:
        _file, given_ = door.taken(content)
    except ExportError as refused:
        assert refused.reason in REASONS  # noqa: PT017
        return
    assert given_.answers.height > 0


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\0"'), max_size=12)


@settings(max_examples=25)
@given(st.lists(CELL, min_size=2, max_size=2), st.lists(CELL, min_size=1, max_size=6))
def test_any_words_in_a_good_file_make_a_study_file(names: list[str], cells: list[str]) -> None:
    rows = FILES["csv"].decode().split("\r\n")
    head = [f'{rows[0]},"{names[0]}","{names[1]}"']
    body = [f'{row},"{cells[n % len(cells)]}","{cells[0]}"' for n, row in enumerate(rows[1:]) if row]
    try:
        file, given_ = door.taken("\r\n".join(head + body).encode())
    except ExportError as refused:
        assert refused.reason in REASONS  # noqa: PT017
        return
    found = correcting.careful(given_, guesses.of(given_, instrument=INSTRUMENT))
    toml = writing.to_toml(found, title=names[0] or "x", others_are_missing=True)
    assert parse(toml).instrument == INSTRUMENT
    assert door.study(file, toml).n == good_exports.PUPILS
