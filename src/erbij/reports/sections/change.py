"""What changed since the last time? Only what two releases both tell is held against each other."""

import re
from collections.abc import Iterable, Iterator

from erbij.privacy.release import Release
from erbij.reports import comparability, slopes
from erbij.reports.change import Pair, Waves
from erbij.reports.comparability import Shift
from erbij.reports.description import Figure, Section, Table
from erbij.reports.phrases import directed, either
from erbij.reports.results import Results, is_lower, is_sure, look_up
from erbij.reports.slopes import Line
from erbij.reports.words import Words, sentence

SECONDARY = 12
"""From this age a questionnaire is for pupils after a transition."""
DRAWN = ("belonging", "opportunity")
TREATED = ("minority-little", "minority-much", "majority-little", "majority-much")

Named = tuple[str, Pair]
Messages = tuple[str, str]
"""For a difference that the interval states, and for one that it does not."""
MEAN: Messages = ("change-mean", "change-mean-unsure")
BELOW: Messages = ("change-below", "change-below-unsure")
ENTRY: Messages = ("change-entry", "change-entry-unsure")


def tell(results: Results, words: Words) -> Section:
    """The difference with the last earlier release that may be compared, or why there is none."""
    names = _names((*results.before, results.release), words)
    earlier = tuple(zip(results.before, names, strict=False))
    blocks = {name: comparability.block(release, results.release) for release, name in earlier}
    usable = [(release, name) for release, name in earlier if not blocks[name]]
    refused = tuple(words.say(f"change-block-{why}", then=name) for name, why in blocks.items() if why)
    if not usable:
        return Section("change", words.say("change"), lead=refused, not_told=(words.say("change-not-told"),))
    release, then = usable[-1]
    waves = Waves(look_up(release), results)
    return _told(waves, words, (then, names[-1]), (*refused, *_since_the_first(results, words, usable)))


def _told(waves: Waves, words: Words, names: tuple[str, str], more: tuple[str, ...]) -> Section:
    gaps, scales = _gaps(waves, words), _scales(waves, words)
    # Of a group the gap is told: its mean moves along with everyone, and stands in the picture.
    others = (*scales, *gaps)
    said = [*_sure("change-scale", scales, words), *_sure("change-gap", gaps, words)]
    if others and not said:
        said.append(words.say("change-none", count=len(others)))
    return Section(
        id="change",
        heading=words.say("change"),
        lead=_lead(waves, words, names[0]),
        points=(*said, *_low_then(waves, words), *_entry(waves, words), *more, *_differs(waves, words)),
        figures=_figures(waves, words, names),
        tables=_tables(waves, words, names, (scales, gaps)),
        sure=(words.say("change-sure", count=len(others) + 2), words.say("change-sure-same")),
        not_told=(words.say("change-not-told"), words.say("change-not-told-classes")),
    )


def _names(releases: tuple[Release, ...], words: Words) -> tuple[str, ...]:
    """What each asking is called: its title, or its place where titles are the same."""
    titles = tuple(words.label(release.card.title, release.card.instrument.id) for release in releases)
    if len(set(titles)) == len(titles):
        return titles
    return tuple(words.say("change-asking", number=place) for place in range(1, len(titles) + 1))


def _lead(waves: Waves, words: Words, then: str) -> tuple[str, ...]:
    mean, below = waves.everyone("mean"), waves.everyone("below")
    if mean is None:
        return (words.say("change-hidden", then=then),)
    return (
        _difference(MEAN, mean, words, then=then),
        words.say("change-below-bound") if below is None else _difference(BELOW, below, words),
    )


def _difference(messages: Messages, pair: Pair, words: Words, **values: str) -> str:
    """A sentence that states a difference only where the interval does."""
    sure, unsure = messages
    if is_sure(pair.difference):
        return words.say(sure, **directed(words, pair.difference), **values)
    return words.say(unsure, **either(words, pair.difference), **values)


def _sure(message: str, found: Iterable[Named], words: Words) -> Iterator[str]:
    for name, pair in found:
        if is_sure(pair.difference):
            yield words.say(message, what=name, **directed(words, pair.difference))


def _scales(waves: Waves, words: Words) -> tuple[Named, ...]:
    named = ((words.say(s.id) if s.part else words.label(s.label, s.id), pair) for s, pair in waves.scales())
    return tuple((sentence(name), pair) for name, pair in named)


def _gaps(waves: Waves, words: Words) -> tuple[Named, ...]:
    named = tuple((_label(words, card.label, group.label), pair) for card, group, pair in waves.groups("gap"))
    return (*named, *_treated(waves, words, "gap"))


def _label(words: Words, breakdown: object, group: object) -> str:
    return f"{sentence(words.label(breakdown, ''))} · {words.label(group, '')}"  # type: ignore[arg-type]


def _treated(waves: Waves, words: Words, measure: str) -> Iterator[Named]:
    """Little and much treatment, where the line between them is the same."""
    card = waves.now.release.card.discrimination
    if card is None or not comparability.is_same_treatment(waves.then.release, waves.now.release):
        return
    named = words.label(card.label, comparability.TREATMENT)
    for group in TREATED:
        origin, _, amount = group.partition("-")
        pair = waves.group(comparability.TREATMENT, group, measure)
        if pair is not None:
            yield (
                f"{words.say(f'treatment-{origin}')}, {words.say(f'treatment-{amount}', measure=named)}",
                pair,
            )


def _low_then(waves: Waves, words: Words) -> tuple[str, ...]:
    """Who is picked because of a low number comes out higher by chance alone."""
    low = "; ".join(_label(words, card.label, group.label) for card, group in waves.were_low())
    return (words.say("change-low-then", groups=low),) if low else ()


def _grades(waves: Waves) -> Iterator[Named]:
    """The grades by their name; with that of the school where there are several."""
    found = tuple(waves.grades())
    is_one = len({unit.rpartition("/")[0] for unit, _ in found}) == 1
    return ((unit.rpartition("/")[2] if is_one else unit, pair) for unit, pair in found)


def _entry(waves: Waves, words: Words) -> tuple[str, ...]:
    """The youngest grade of a school after a transition: each time pupils who are new there."""
    ages = re.match(r"\d+", waves.now.release.card.instrument.ages)
    if ages is None or int(ages[0]) < SECONDARY:
        return ()
    grades = {name: pair for name, pair in _grades(waves) if re.search(r"\d", name)}
    if not grades or "/" in "".join(grades):
        return ()  # several schools each have a youngest grade
    youngest = min(grades, key=lambda name: int(re.findall(r"\d+", name)[0]))
    return (_difference(ENTRY, grades[youngest], words, grade=youngest),)


def _since_the_first(results: Results, words: Words, usable: list[tuple[Release, str]]) -> tuple[str, ...]:
    """With more than two askings, what changed over all of them."""
    if len(usable) == 1:
        return ()
    first, name = usable[0]
    pair = Waves(look_up(first), results).everyone("mean")
    return () if pair is None else (_difference(MEAN, pair, words, then=name),)


def _differs(waves: Waves, words: Words) -> tuple[str, ...]:
    """What else is not the same: the response, who answered, scales that were scored otherwise."""
    shift = comparability.response(waves.then, waves.now)
    said = [words.say("change-response", **_shares(words, shift))] if shift else []
    groups = "; ".join(_composition(waves, words))
    said += [words.say("change-composition", groups=groups)] if groups else []
    same = comparability.scales(waves.then.release, waves.now.release)
    others = len(waves.now.release.card.scales) - len(same)
    return (*said, *((words.say("change-scales-left-out", count=others),) if others else ()))


def _composition(waves: Waves, words: Words) -> Iterator[str]:
    for found in comparability.composition(waves.then, waves.now):
        yield words.say("change-composition-of", who=_who(words, found), **_shares(words, found))


def _shares(words: Words, shift: Shift) -> dict[str, str]:
    return {"then": words.number(shift.then), "now": words.number(shift.now)}


def _who(words: Words, shift: Shift) -> str:
    if shift.breakdown is None or shift.group is None:
        return f"{sentence(words.say('unit-grade'))} {shift.unit.rpartition('/')[2]}"
    return _label(words, shift.breakdown.label, shift.group.label)


def _figures(waves: Waves, words: Words, names: tuple[str, str]) -> tuple[Figure, ...]:
    """Everyone together and the opportunities; then the groups."""
    whole = waves.everyone("mean")
    first = [Line(words.say("everyone-row"), whole)] if whole else []
    own = (scale for scale in waves.scales() if scale[0].kind in DRAWN and scale[0].part is None)
    first += [Line(sentence(words.label(scale.label, scale.id)), pair) for scale, pair in own]
    found = {"change-figure": tuple(first), "change-figure-groups": tuple(_groups(waves, words))}
    return tuple(
        slopes.figure(waves.now, words, lines, name=name, waves=names)
        for name, lines in found.items()
        if lines
    )


def _groups(waves: Waves, words: Words) -> Iterator[Line]:
    """The mean of each group, under its breakdown; a diamond where it lies under everyone now."""
    for card, group, pair in waves.groups("mean"):
        part = sentence(words.label(card.label, card.id))
        is_low = is_lower(waves.now.group(card.id, group.id, "gap"))
        yield Line(sentence(words.label(group.label, group.id)), pair, part, is_low)
    for name, pair in _treated(waves, words, "mean"):
        yield Line(name, pair, words.say("treatment-figure"))


def _tables(
    waves: Waves, words: Words, names: tuple[str, str], found: tuple[tuple[Named, ...], ...]
) -> tuple[tuple[str, Table], ...]:
    scales, gaps = found
    lines = {
        "change-table": scales,
        "change-table-gaps": gaps,
        "change-table-grades": tuple(_grades(waves)),
    }
    return tuple(
        (words.say(title), slopes.table(words, names, (Line(*line) for line in told)))
        for title, told in lines.items()
        if told
    )
