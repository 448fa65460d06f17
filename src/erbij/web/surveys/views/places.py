"""Where on the pages of a survey something is done."""

from django.urls import reverse

from erbij.web.surveys import blockers
from erbij.web.surveys.models import Wave


def of_blockers(wave: Wave) -> list[dict[str, object]]:
    """What stands in the way of opening, each with the address where it is done."""
    return [{"blocker": each, "url": _of(wave, each.page)} for each in blockers.of(wave)]


def _of(wave: Wave, page: str) -> str:
    if page == "wave-adults":
        return "#adults"  # on the page of the wave itself
    of_the_wave = {"school": wave.school.slug, "code": wave.code}
    of_the_school = {"school": wave.school.slug}
    return reverse(page, kwargs=of_the_wave if page.startswith("wave-") else of_the_school) if page else ""
