"""Who meets unfair treatment, by whom and why, and how much of a difference goes with it?"""

from erbij.privacy.release import Cell
from erbij.reports import differences
from erbij.reports.description import Figure, Row, Section
from erbij.reports.differences import between_signed
from erbij.reports.phrases import between, bound, directed, share_of, size, whole
from erbij.reports.results import Results, is_lower, is_sure
from erbij.reports.words import Words

BREAKDOWN = "discrimination"
SOURCES = ("teachers", "peers", "school")
GROUNDS = (
    *("language", "origin", "faith", "gender", "body", "disability", "money", "orientation"),
    *("other", "unknown"),
)
ORIGINS = ("minority", "majority")
CALCULATED = ("origin", "origin-equal", "origin-due")


def was_found(results: Results) -> bool:
    """Whether the release has anything to tell here, shown or withheld."""
    kinds = ("met", "ground", "exposed", "origin")
    return any(cell.measure.split(":")[0] in kinds for cell in results.at_top.values())


def tell(results: Results, words: Words) -> Section:
    """Sources and grounds as shares; exposure; and the difference as it would be at equal treatment."""
    label = results.release.card.discrimination
    named = words.label(label.label, BREAKDOWN) if label else words.say("discrimination-measure")
    sources = tuple(_said_of_source(results, words, source) for source in SOURCES)
    is_calculated = results.everyone("origin-equal") is not None
    return Section(
        id="discrimination",
        heading=words.say("discrimination"),
        lead=tuple(filter(None, sources)) or _lead_without_sources(results, words, named),
        points=(*_exposure(results, words, named), *_equal(results, words, named)),
        figures=(*_sources(results, words), *_grounds(results, words), *_calculated(results, words, named)),
        sure=(words.say("discrimination-sure", measure=named),) if is_calculated else (),
        not_told=_not_told(results, words, named),
    )


def _lead_without_sources(results: Results, words: Words, named: str) -> tuple[str, ...]:
    is_told = any(results.group(BREAKDOWN, f"{origin}-much", "exposed") for origin in ORIGINS)
    return (words.say("discrimination-lead" if is_told else "discrimination-hidden", measure=named),)


def _not_told(results: Results, words: Words, named: str) -> tuple[str, ...]:
    said = [words.say("discrimination-not-told")]
    if results.everyone("origin-equal") is not None:
        said.insert(0, words.say("discrimination-no-proof", measure=named))
    return tuple(said)


def _said_of_source(results: Results, words: Words, source: str) -> str:
    cell = results.everyone(f"met:{source}")
    if cell is None:
        return ""
    if bound(cell):
        return words.say(f"discrimination-met{bound(cell)}", share=share_of(words, cell), source=source)
    return words.say("discrimination-met", share=whole(words, cell), source=source, **between(words, cell))


def _exposure(results: Results, words: Words, named: str) -> tuple[str, ...]:
    """How many of the minority and of the majority meet much; no more than the intervals allow."""
    minority, majority = (results.group(BREAKDOWN, f"{origin}-much", "exposed") for origin in ORIGINS)
    if minority is None or majority is None or bound(minority) or bound(majority):
        return ()
    told = {"share": whole(words, minority), **between(words, minority)}
    told |= {"share2": whole(words, majority)}
    told |= {f"{name}2": value for name, value in between(words, majority).items()}
    said = words.say("discrimination-exposed", measure=named, **told)
    if _are_apart(minority, majority):
        return (said,)
    return (said, words.say("discrimination-exposed-alike"))


def _are_apart(one: Cell, other: Cell) -> bool:
    """Whether two intervals do not touch."""
    bounds = (one.low, one.high, other.low, other.high)
    if any(end is None for end in bounds):
        return False
    low, high, low2, high2 = (end or 0.0 for end in bounds)
    return high < low2 or high2 < low


def _equal(results: Results, words: Words, named: str) -> tuple[str, ...]:
    crude, equal, due = (results.everyone(measure) for measure in CALCULATED)
    if crude is None or equal is None or due is None:
        return ()
    if not is_sure(crude):
        return (words.say("discrimination-origin-unsure"),)
    said = [words.say("discrimination-origin", **directed(words, crude))]
    if is_sure(equal):
        said.append(words.say("discrimination-equal", measure=named, **directed(words, equal)))
    else:
        said.append(words.say("discrimination-equal-unsure", measure=named, **between_signed(words, equal)))
    if is_lower(crude) and is_lower(due):
        said.append(words.say("discrimination-due", **size(words, due)))
    return tuple(said)


def _sources(results: Results, words: Words) -> tuple[Figure, ...]:
    asked = [s for s in SOURCES if results.was_made("everyone", "everyone", f"met:{s}")]
    named = [
        (Row(source, words.say(f"discrimination-source-{source}")), results.everyone(f"met:{source}"))
        for source in asked
    ]
    title = words.say("discrimination-figure-sources")
    figure = differences.of_shares(results, words, tuple(named), title=title, name="sources")
    return (figure,) if named else ()


def _grounds(results: Results, words: Words) -> tuple[Figure, ...]:
    asked = [g for g in GROUNDS if results.was_made("everyone", "everyone", f"ground:{g}")]
    named = [
        (Row(ground, words.say(f"discrimination-ground-{ground}")), results.everyone(f"ground:{ground}"))
        for ground in asked
    ]
    title = words.say("discrimination-figure-grounds")
    figure = differences.of_shares(results, words, tuple(named), title=title, name="grounds")
    return (figure,) if named else ()


def _calculated(results: Results, words: Words, named: str) -> tuple[Figure, ...]:
    cells = [(name, results.everyone(name)) for name in CALCULATED[:2]]
    if any(cell is None for _, cell in cells):
        return ()
    rows = tuple((Row(name, words.say(f"discrimination-row-{name}", measure=named)), c) for name, c in cells)
    title = words.say("discrimination-figure-equal")
    return (differences.of_differences(results, words, rows, title=title, name="equal"),)
