"""What the schools of a network say together, from the newest release of each."""

import datetime as dt
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


FEWEST_TO_SEND = FEWEST_SCHOOLS + 1
"""A school sees itself in what is sent back: so many schools leave five others."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What may be sent back to the schools: the same to all, to stand beside the releases with these keys.

    `new` of them had nothing beside them yet; `sent_on` is the day of the last sending.
    """

    text: str
    keys: tuple[int, ...]
    new: int
    sent_on: dt.date | None

    @property
    def is_open(self) -> bool:
        """Whether enough schools are in it, and enough new ones: else one would follow from two sendings."""
        return len(self.keys) >= FEWEST_TO_SEND and self.new >= FEWEST_SCHOOLS


@dataclass(frozen=True, slots=True)
class Together:
    """Which schools have results with the same questions, of how many; what they say, where it is told."""

    schools: tuple[str, ...]
    of: int
    told: Report | None = None
    sending: "Sending | None" = None


def together(name: str, schools: Iterable[School], language: str) -> Together:
    """Put the newest results of schools together, of the questions that most of them asked."""
    named = {school.pk: school.name for school in schools}
    kept = _newest(named)
    names, release = _pooled(kept, name)
    if release is None:
        return Together(names, len(named))
    keys = tuple(pk for school, pk, _ in kept if school in names)
    told = pooling.describe(release, language, of=len(named))
    return Together(names, len(named), told, _sending(release, keys))


def _sending(release: Release, keys: tuple[int, ...]) -> Sending:
    with scopes_disabled():
        days = list(ReleaseRecord.objects.filter(pk__in=keys).values_list("network_sent_on", flat=True))
    text = files.to_text(pooling.for_schools(release))
    last = max((day for day in days if day is not None), default=None)
    return Sending(text, keys, days.count(None), last)


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
