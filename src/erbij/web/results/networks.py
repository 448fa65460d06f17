"""What the schools of a network say together, from the newest release of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django_scopes import scopes_disabled

from erbij.instruments import registry
from erbij.privacy.release import Release
from erbij.reports import network as pooling
from erbij.reports.benchmarks import FEWEST_SCHOOLS
from erbij.reports.description import Report
from erbij.reports.words import LANGUAGES
from erbij.web.results import files
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.models import School

Kept = tuple[tuple[str, int, str], ...]
"""Of each school its name, the key of a release and its hash."""


@dataclass(frozen=True, slots=True)
class Together:
    """Which schools have results with the same questions, of how many; what they say, where it is told."""

    schools: tuple[str, ...]
    of: int
    told: Report | None = None


def together(name: str, schools: Iterable[School], language: str) -> Together:
    """Put the newest results of schools together, of the questions that most of them asked."""
    named = {school.pk: school.name for school in schools}
    names, release = _pooled(_newest(named), name)
    told = None if release is None else pooling.describe(release, language, of=len(named))
    return Together(names, len(named), told)


def _newest(named: dict[int, str]) -> Kept:
    """The newest release of pupils of each school, of the instrument that most schools have one of."""
    with scopes_disabled():
        records = ReleaseRecord.objects.filter(school__in=named).order_by("pk")
        rows = records.values_list("wave__instrument_id", "school_id", "pk", "sha256")
    by_instrument: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    for instrument, school, pk, sha256 in rows:
        if registry.load(instrument).audience == "pupils" and not registry.is_pulse(instrument):
            by_instrument[instrument][school] = (pk, sha256)
    most = max(by_instrument.values(), key=len, default={})
    return tuple(sorted((named[school], *kept) for school, kept in most.items()))


@lru_cache(maxsize=16)
def _pooled(kept: Kept, name: str) -> tuple[tuple[str, ...], Release | None]:
    """The schools that can stand together and, of enough of them, what they say; releases never change."""
    with scopes_disabled():
        texts = dict(ReleaseRecord.objects.filter(pk__in=[pk for _, pk, _ in kept]).values_list("pk", "text"))
    releases = {school: files.from_text(texts[pk], sha256=sha256) for school, pk, sha256 in kept}
    alike = pooling.alike(releases)
    is_told = len(alike) >= FEWEST_SCHOOLS
    return tuple(alike), pooling.pooled(alike, dict.fromkeys(LANGUAGES, name)) if is_told else None
