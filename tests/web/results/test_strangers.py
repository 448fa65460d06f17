"""Everything that every role can fetch, searched for numbers that are not in the release."""

import datetime as dt
import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import polars as pl
import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope
from pypdf import PdfReader

from erbij.instruments import registry
from erbij.privacy import gate, ledger
from erbij.privacy.release import Release
from erbij.reports import benchmarks
from erbij.reports.pages import QUESTIONS
from erbij.studies import ballots
from erbij.studies.ballots import Asking, ClassPlace
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.results.views.downloads import FILES, XLSX
from erbij.web.schools.roles import Role
from erbij.web.surveys import services
from erbij.web.surveys.models import Wave

# As in test_typeset: nothing is lost.
logging.getLogger("pypdf").setLevel(logging.ERROR)

INSTRUMENT = registry.load("erbij-pupils-8-9")
ROLES = [role.value for role in Role]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
"""As English has it; in a csv a comma stands between numbers."""
PER_CLASS = {"3A": 4091, "3B": 4093, "": 4099}
"""Numbers that stand beside the release in the database, and nowhere else in the world."""


@pytest.fixture(scope="module")
def release() -> Release:
    """Eighty pupils who picked at random, in four classes."""
    rng = np.random.default_rng(7)
    opened = [
        {"v": 1, "class": f"k{pupil % 4}", "answers": {i.id: _any(i, rng) for i in INSTRUMENT.items.values()}}
        for pupil in range(80)
    ]
    places = {f"k{i}": ClassPlace("3", f"3{'ABCD'[i]}", 22) for i in range(4)}
    asking = Asking({"nl": "x", "en": "x", "fr": "x"}, tuple(INSTRUMENT.items), places)
    return gate.release(ballots.to_study(opened, INSTRUMENT, asking))


def _any(item: Any, rng: np.random.Generator) -> object:
    form = INSTRUMENT.format_of(item)
    picked = form.codes[int(rng.integers(len(form.codes)))]
    return [picked] if form.type == "several" else picked


@pytest.fixture
def keep(cast: Any) -> Callable[[Release], ReleaseRecord]:
    """A closed wave with this release; asked again, the same wave with another."""
    with scope(school=cast.school):
        wave = services.create_wave(school=cast.school, title="Autumn", instrument=INSTRUMENT.id)
        Wave.objects.filter(pk=wave.pk).update(state=Wave.State.CLOSED)

    def put(given: Release) -> ReleaseRecord:
        text = files.to_text(given)
        with scope(school=cast.school):
            ReleaseRecord.objects.filter(wave=wave).delete()
            kept: ReleaseRecord = ReleaseRecord.objects.create(
                school=cast.school,
                wave=wave,
                closed_on=dt.date(2026, 1, 9),
                text=text,
                sha256=files.hash_of(text),
                per_class=PER_CLASS,
                system=ledger.told(given),
                is_shared=True,
            )
        return kept

    return put


def addresses(cast: Any, code: str) -> Iterator[str]:
    """Every address that can be fetched with the school, the wave and the names of its files."""
    known = {"school": cast.school.slug, "code": code}
    for name, wanted in _patterns(get_resolver()):
        more = {"name": FILES, "page": QUESTIONS}
        for extra in [{key: each} for key in more.keys() & wanted for each in more[key]] or [{}]:
            given = {key: value for key, value in {**known, **extra}.items() if key in wanted}
            if set(given) == wanted and "school" in wanted:
                try:
                    yield reverse(name, kwargs=given)
                except NoReverseMatch:
                    continue


def _patterns(resolver: URLResolver, above: frozenset[str] = frozenset()) -> Iterator[tuple[str, set[str]]]:
    for each in resolver.url_patterns:
        wanted = above | set(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from _patterns(each, wanted)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name, set(wanted)


def numbers(client: Client, address: str, language: str) -> set[float] | None:
    """The numbers that a reader sees at an address; None where there is nothing to see."""
    answer = client.get(address, headers={"accept-language": language})
    if answer.status_code != 200:
        return None
    content = b"".join(answer) if answer.streaming else answer.content
    text = READ.get(answer["Content-Type"], bytes.decode)(content)
    if "html" in answer["Content-Type"]:
        # Coordinates of drawings and look are no numbers that anyone reads; what drawings say is in text.
        text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", text)
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)  # decimals in Dutch and French
    return {float(found) for found in NUMBER.findall(text)}


def _on_paper(content: bytes) -> str:
    """The words of a PDF without the numbers of its pages, which stand below each and beside the contents."""
    first, *others = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    pages = len(others) + 1
    numbered = "|".join(rf"{n}\W*/\W*{pages}" for n in range(2, pages + 1))
    return re.sub(r"[.\s\u2060]{4,}\d+", " ", first) + " ".join(
        re.sub(numbered, " ", page) for page in others
    )


def _in_cells(content: bytes) -> str:
    """The entries of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(e) for sheet in book for row in sheet.iter_rows(values_only=True) for e in row)


CITED = {
    float(year)
    for path in Path(str(resources.files("erbij.reports"))).glob("messages/*.ftl")
    for year in re.findall(r"\b(?:19|20)\d\d\b", path.read_text("utf-8"))
}
"""Years of studies that the words of a report name."""
READ = {"application/pdf": _on_paper, XLSX: _in_cells}


def told(release: Release) -> set[float]:
    """The numbers of a release, and how words round them."""
    columns = release.cells.select("n", "value", "low", "high").cast(pl.Float64).to_numpy()
    exact = np.abs(columns[np.isfinite(columns)])
    rounded = [f(exact, d) for d in (0, 1, 2, 3) for f in (np.round, _floor, _ceil)]
    status = release.cells["status"].value_counts()["count"].to_list()
    return {*np.concatenate([exact, *rounded]).round(6).tolist(), *status, release.cells.height}


PUBLISHED = {float(n) for f in benchmarks.published() for n in (f.year, *f.ages, *f.share)}
"""Of others, from a file that is part of the product; they stand beside a cell that is told."""


def _floor(numbers_: np.ndarray, decimals: int) -> np.ndarray:
    return np.floor(numbers_ * 10**decimals + 1e-9) / 10**decimals


def _ceil(numbers_: np.ndarray, decimals: int) -> np.ndarray:
    return np.ceil(numbers_ * 10**decimals - 1e-9) / 10**decimals


@pytest.mark.parametrize("role", ROLES)
def test_no_page_or_file_holds_a_number_that_is_not_in_the_release(cast, signed_in, keep, release, role):
    """What changes where the cells are taken out of a release came from its cells, and from nowhere else."""
    empty = replace(release, cells=release.cells.clear())
    code = keep(release).wave.code
    client, language = signed_in(role), "en"
    # The page as a file takes long to draw and is the same for whoever gets it: once is enough.
    fetched = [
        a
        for a in addresses(cast, code)
        if role == Role.COORDINATOR or not a.endswith(("report.html", "report.pdf"))
    ]
    seen = {address: numbers(client, address, language) for address in fetched}
    keep(empty)
    usual = {address: numbers(client, address, language) for address in seen}
    words = set().union(*(found for found in usual.values() if found))
    count, known = 0, told(release)
    for address, found in seen.items():
        if found is not None:
            strangers = {number for number in found - words if round(number, 6) not in known}
            strangers -= _of_hashes(release, empty) | CITED | {*PUBLISHED}
            assert not strangers, (address, sorted(strangers)[:10])
            assert not found & set(PER_CLASS.values()), address
            count += len(found - words)
    assert count > 20 or role == Role.OPERATOR


def _of_hashes(*releases: Release) -> set[float]:
    """Digits in the hash that a page shows of a release."""
    texts = [files.hash_of(files.to_text(each)) for each in releases]
    return {float(found) for text in texts for found in NUMBER.findall(text)}


def test_scraper_finds_a_stranger(cast, signed_in, keep, release):
    """The search works: a number that was slipped into the words of a release is seen."""
    slipped = replace(release, card=replace(release.card, title=dict.fromkeys(("nl", "en", "fr"), "x 4091")))
    kept = keep(slipped)
    address = reverse("result", kwargs={"school": cast.school.slug, "code": kept.wave.code})
    assert 4091.0 in (numbers(signed_in(Role.COORDINATOR), address, "en") or set())
