"""Before a wave opens: which breakdowns will probably be shown at which level, from class sizes alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from erbij.privacy import forecast
from erbij.studies.ballots import is_group
from erbij.web.surveys import queries
from erbij.web.surveys.forms import in_words
from erbij.web.surveys.models import Wave

LEVELS = ("all", "grade", "class")
WORDS: dict[str, str | Promise] = {"yes": _("yes"), "probably": _("probably"), "no": _("no")}


@dataclass(frozen=True, slots=True)
class Line:
    """One breakdown, or any two at once, with a word for each of `LEVELS`; empty where it is never shown."""

    label: str | Promise
    words: Sequence[str | Promise]


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many pupils there are, and a line for each breakdown that is asked."""

    pupils: int
    lines: tuple[Line, ...]


def of(wave: Wave) -> Forecast:
    """What the school can expect to see."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for each in queries.classes_of(wave.school_id):
        sizes[each.grade.name].append(each.size)
    asked = _breakdowns(wave)
    shares = {name: forecast.assumed(groups) for name, (_label, groups) in asked.items()}
    found = {
        (each.breakdown, each.level): WORDS[each.chance]
        for each in forecast.outlook(sizes, shares, wave.policy)
    }
    labels: dict[str, str | Promise] = {name: label for name, (label, _groups) in asked.items()}
    if ("", "all") in found:
        labels[""] = _("Two of these at once")
    lines = tuple(
        Line(label, [found.get((name, level), "") for level in LEVELS]) for name, label in labels.items()
    )
    return Forecast(sum(map(sum, sizes.values())), lines)


def _breakdowns(wave: Wave) -> dict[str, tuple[str, int]]:
    """The background questions that are on and divide pupils: what they are called, and their groups."""
    found = {}
    for item in wave.instrument.items.values():
        form = wave.instrument.format_of(item)
        if item.id in wave.items_on and item.scale is None and form.type == "one-of":
            groups = sum(is_group(option) for option in form.options)
            if groups > 1:
                found[item.id] = (in_words(item.label or item.text), groups)
    return found
