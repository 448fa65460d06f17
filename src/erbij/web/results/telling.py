"""A release told in the reader's language, on its pages. A release never changes, so that it is told once."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from erbij.reports import charts, pages, report
from erbij.reports.description import Figure, Report, Section
from erbij.reports.pages import Page
from erbij.reports.words import LANGUAGES
from erbij.web.results import files, queries
from erbij.web.results.models import ReleaseRecord

Drawn = tuple[Figure, SafeString, SafeString]
Shown = tuple[Section, list[Drawn]]
Kept = tuple[str, str]
"""The text of a release, and its hash."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A report and its six pages."""

    report: Report
    pages: tuple[Page, ...]

    def page(self, id_: str) -> Page | None:
        """The page with this id."""
        return next((page for page in self.pages if page.id == id_), None)

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """The pages before and after one."""
        before = self.pages[page.number - 2] if page.number > 1 else None
        return before, self.pages[page.number] if page.number < len(self.pages) else None

    @property
    def chrome(self) -> dict[str, str]:
        """The words around a report, by names that a template can read."""
        return chrome_of(self.report)

    @property
    def how(self) -> tuple[Section, ...]:
        """What is folded below every page: how it is known."""
        return pages.sections_of(self.report, pages.HOW)

    @property
    def always(self) -> tuple[Section, ...]:
        """What stands on every page: what this cannot tell."""
        return pages.sections_of(self.report, pages.ALWAYS)

    @property
    def why(self) -> tuple[Section, ...]:
        """The annex: why belonging, and where it lives."""
        return pages.sections_of(self.report, pages.WHY)


def telling_of(record: ReleaseRecord, language: str) -> Telling:
    """Tell a release, beside the network and the earlier ones that its readers may read."""
    before = tuple((one.text, one.sha256) for one in queries.earlier(record))
    return _told((record.text, record.sha256), before, record.network_text, language)


@lru_cache(maxsize=32)
def _told(kept: Kept, before: tuple[Kept, ...], beside: str, language: str) -> Telling:
    release, *earlier = (files.from_text(text, sha256=sha256) for text, sha256 in (kept, *before))
    network = files.from_text(beside, sha256=files.hash_of(beside)) if beside else None
    told = report.describe(release, language, before=earlier, network=network)
    return Telling(told, pages.arrange(told, release.card.instrument.audience))


def shown(sections: tuple[Section, ...]) -> list[Shown]:
    """Sections with their drawings."""
    return [(section, [drawn(figure) for figure in section.figures]) for section in sections]


def drawn(figure: Figure) -> Drawn:
    """A figure with its two drawings."""
    return figure, drawing_of(figure, "wide"), drawing_of(figure, "narrow")


def drawing_of(figure: Figure, width: charts.Width) -> SafeString:
    """A drawing of a figure; empty where there is nothing to draw."""
    # The chart escapes its own text.
    return SafeString() if figure.is_withheld else mark_safe(charts.draw(figure, width))  # noqa: S308


def chrome_of(told: Report) -> dict[str, str]:
    """The words around a report, by names that a template can read."""
    return {name.replace("-", "_"): words for name, words in told.chrome.items()}


def language_of_reader() -> str:
    """The language of the page, where reports have it; else Dutch."""
    language = get_language() or "nl"
    return language if language in LANGUAGES else "nl"
