"""A release becomes a described report, in the order of the story."""

from collections.abc import Callable, Iterable

from erbij.errors import ReportError
from erbij.privacy.release import InstrumentCard, Release
from erbij.reports import figures, results
from erbij.reports.description import Report, Section
from erbij.reports.results import Results
from erbij.reports.sections import (
    answered,
    benchmark,
    certainty,
    change,
    conditions,
    discrimination,
    groups,
    intersections,
    level,
    limits,
    model,
    opportunities,
    outcomes,
    spread,
    systemic,
    treatment,
    why,
)
from erbij.reports.words import Words

SECTIONS: tuple[Callable[[Results, Words], Section], ...] = (
    answered.tell,
    level.tell,
    groups.tell,
    treatment.tell,
    discrimination.tell,
    intersections.tell,
    systemic.tell,
    spread.tell,
    opportunities.tell,
    conditions.tell,
    outcomes.tell,
    change.tell,
    benchmark.tell,
    certainty.tell,
    limits.tell,
    why.tell,
    model.tell,
)

CHROME = ("brand", "contents", "table-show", "not-shown", "how-sure", "not-told", "all-numbers", "provenance")


def describe(
    release: Release, language: str, *, before: Iterable[Release] = (), network: Release | None = None
) -> Report:
    """Tell a release in one language.

    Parameters
    ----------
    before
        Earlier releases of the same school and the same kind of people, the oldest first; with these the
        report says what changed.
    network
        A release of the network of the school, made with the same questions, to stand beside it.

    Raises
    ------
    ReportError
        The language is not one of the report's, or the instrument does not measure belonging.
    """
    words = Words(language, release.card.instrument.audience)
    found = results.look_up(release, before, network)
    if found.main.kind != "belonging" or not found.main.high_is_good:
        raise ReportError("the main scale does not measure belonging", found=found.main.id)
    return Report(
        language=language,
        title=words.label(release.card.title, words.say("brand")),
        lead=words.say("report-lead"),
        mark=figures.mark(found, words),
        sections=tuple(tell(found, words) for tell in _sections(found)),
        provenance=_provenance(release, words),
        chrome={name: words.say(name) for name in CHROME},
    )


def _sections(found: Results) -> tuple[Callable[[Results, Words], Section], ...]:
    """All of them for pupils; not all is about adults. A model of figures only where there is one."""
    card = found.release.card
    is_left_out = (
        (treatment.tell, card.instrument.audience != "pupils"),
        (conditions.tell, not conditions.was_found(found)),
        (discrimination.tell, not discrimination.was_found(found)),
        (spread.tell, not spread.was_found(found)),
        (outcomes.tell, not outcomes.was_found(found)),
        (why.tell, card.instrument.audience != "pupils"),
        (model.tell, card.instrument.audience != "pupils"),
        (intersections.tell, not card.intersections),
        (systemic.tell, not systemic.was_found(found)),
        (change.tell, not found.before),
        (opportunities.tell, not opportunities.were_asked(found)),
        (benchmark.tell, not benchmark.was_found(found)),
    )
    return tuple(tell for tell in SECTIONS if (tell, True) not in is_left_out)


def _provenance(release: Release, words: Words) -> tuple[tuple[str, str], ...]:
    card = release.card
    instrument, source, policy = card.instrument, card.source, card.policy
    title = f"{words.label(instrument.title, instrument.id)} ({instrument.id} {instrument.version})"
    facts = {
        "instrument": title,
        "ages": _ages(instrument, words),
        "source": source.attribution,
        "file": source.file,
        "hash": source.sha256,
        "policy": words.say("provenance-policy-value", policy=policy.id, threshold=policy.threshold),
        "software": card.software,
    }
    return tuple((words.say(f"provenance-{name}"), fact) for name, fact in facts.items() if fact)


def _ages(instrument: InstrumentCard, words: Words) -> str:
    """The ages it is made for; of adults it goes without saying."""
    is_for_pupils = instrument.audience == "pupils"
    return words.say("provenance-ages-value", ages=instrument.ages) if is_for_pupils else ""
