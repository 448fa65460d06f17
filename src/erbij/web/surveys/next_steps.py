"""What comes next at a school as far as asking goes; the home of the school shows it."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from erbij.web.schools.access import SchoolRequest
from erbij.web.schools.next_steps import NextStep
from erbij.web.schools.roles import MANAGERS, READERS
from erbij.web.surveys import queries
from erbij.web.surveys.models import Wave


def of(request: SchoolRequest) -> Iterable[NextStep]:
    """For who is asked to help, who teaches a class, who coordinates."""
    yield from _for_helpers(request)
    waves = queries.waves_of(request.school.pk)
    if request.roles & set(MANAGERS):
        yield from _for_managers(request, waves)
    elif not request.roles & set(READERS):
        yield from _for_teachers(request, waves)


def _for_helpers(request: SchoolRequest) -> Iterator[NextStep]:
    for asked in queries.asked_to_help(request.user):
        if not asked.is_confirmed:
            why = _("For “%(title)s” you are asked to be there for pupils who want to talk.")
            url = reverse("waves", kwargs={"school": request.school.slug})
            yield NextStep(why % {"title": asked.wave.title}, _("Say yes or no"), url)


def _for_teachers(request: SchoolRequest, waves: list[Wave]) -> Iterator[NextStep]:
    own = queries.classes_taught(request.user)
    for wave in (each for each in waves if _can_start(each)):
        for school_class in (each for each in queries.classes_of(request.school.pk) if each.pk in own):
            why = _("“%(title)s” is open: your class %(name)s can answer.")
            url = reverse("board", args=[request.school.slug, wave.code, school_class.code])
            told = {"title": wave.title, "name": school_class.name}
            yield NextStep(why % told, _("To the board"), url)


def _can_start(wave: Wave) -> bool:
    return wave.is_open and wave.asks_pupils and not (wave.is_overdue or wave.is_too_early)


def _for_managers(request: SchoolRequest, waves: list[Wave]) -> Iterator[NextStep]:
    if not queries.pupils_of(request.school.pk):
        return  # first the classes: schools.next_steps says so
    for wave in waves:
        if found := _of_a_wave(wave):
            why, button = found
            url = reverse("wave", args=[request.school.slug, wave.code])
            yield NextStep(why % {"title": wave.title}, button, url)
    if not waves:
        url = reverse("wave-new", kwargs={"school": request.school.slug})
        yield NextStep(_("The classes are there. Now you can prepare a survey."), _("Prepare a survey"), url)


def _of_a_wave(wave: Wave) -> tuple[str, str] | None:
    if wave.is_open:
        return _of_an_open_wave(wave)
    if wave.is_draft:
        return _("“%(title)s” is being prepared."), _("Go on preparing")
    if wave.state == Wave.State.CLOSING or wave.is_untidy:
        return _("“%(title)s” is not quite closed."), _("Go on closing")
    return None


def _of_an_open_wave(wave: Wave) -> tuple[str, str]:
    if wave.is_overdue:
        return _("The last day of “%(title)s” has gone."), _("Close it, or choose another last day")
    if wave.is_too_early:
        return _("“%(title)s” is open; its first day still has to come."), _("To the survey")
    if not wave.asks_pupils:
        return _("“%(title)s” is open."), _("To the survey")
    return _("“%(title)s” is open: let the classes answer one by one."), _("To the classes")
