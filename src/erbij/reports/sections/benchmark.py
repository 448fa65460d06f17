"""Beside others: a network, and published figures, each with what keeps it from being the same."""

from erbij.privacy.release import Release
from erbij.reports import benchmarks, comparability, slopes
from erbij.reports.benchmarks import Published
from erbij.reports.change import Waves
from erbij.reports.description import Section, Table
from erbij.reports.phrases import directed, either, interval, share
from erbij.reports.results import Results, is_sure, look_up
from erbij.reports.slopes import Line
from erbij.reports.words import Words, sentence

QUESTION = "below:overall"
PISA_QUESTION, AGE = "pisa-2018-question", "timss-2019"


def was_found(results: Results) -> bool:
    """Whether there is anything that may stand beside this release."""
    if results.release.card.instrument.audience != "pupils":
        return False
    is_published = bool(benchmarks.same_scale(results.release)) or results.everyone(QUESTION) is not None
    return results.network is not None or is_published


def tell(results: Results, words: Words) -> Section:
    """The network first, then the one question of PISA, then the same questions elsewhere."""
    network, published = results.network, benchmarks.same_scale(results.release)
    said = [*_network(results, words, network), *_question(results, words)]
    if published:
        said.append(words.say("benchmark-same-questions"))
    return Section(
        id="benchmark",
        heading=words.say("benchmark"),
        lead=tuple(said),
        points=_cautions(results, words),
        tables=(*_gaps(results, words, network), *_published(words, published)),
        sure=(words.say("benchmark-sure"),) if _may_compare(results, network) else (),
        not_told=(words.say("benchmark-not-told"),),
    )


def _block(results: Results, network: Release) -> str:
    """Why nothing may be compared with a network; which schools are in it does not matter."""
    why = comparability.block(network, results.release)
    if why and why != "schools":
        return why
    return "few" if benchmarks.schools_of(network) < benchmarks.FEWEST_SCHOOLS else ""


def _may_compare(results: Results, network: Release | None) -> bool:
    return network is not None and not _block(results, network)


def _network(results: Results, words: Words, network: Release | None) -> tuple[str, ...]:
    if network is None:
        return ()
    title = words.label(network.card.title, network.card.instrument.id)
    if why := _block(results, network):
        return (words.say(f"benchmark-block-{why}", network=title),)
    pair = Waves(look_up(network), results).everyone("mean")
    if pair is None:
        return (words.say("benchmark-hidden", network=title),)
    if is_sure(pair.difference):
        return (words.say("benchmark-network", network=title, **directed(words, pair.difference)),)
    return (words.say("benchmark-network-unsure", network=title, **either(words, pair.difference)),)


def _gaps(results: Results, words: Words, network: Release | None) -> tuple[tuple[str, Table], ...]:
    """How far each group lies from everyone, there and here."""
    if network is None or _block(results, network):
        return ()
    found = Waves(look_up(network), results).groups("gap")
    lines = [
        Line(words.label(group.label, group.id), pair, sentence(words.label(card.label, card.id)))
        for card, group, pair in found
    ]
    columns = (words.say("benchmark-there"), words.say("benchmark-here"))
    return ((words.say("benchmark-gaps"), slopes.table(words, columns, lines)),) if lines else ()


def _question(results: Results, words: Words) -> tuple[str, ...]:
    """One in three is about one question, so that it stands beside one question and nothing else."""
    cell = results.everyone(QUESTION)
    if cell is None:
        return ()
    here = share(words, cell, decimals=0)
    return (words.say("benchmark-third", here=here), words.say("benchmark-third-limit"))


def _cautions(results: Results, words: Words) -> tuple[str, ...]:
    release = results.release
    shown = [*benchmarks.same_scale(release)]
    if results.everyone(QUESTION) is not None:
        shown.append(benchmarks.named(PISA_QUESTION))
    said = []
    if any(benchmarks.are_other_ages(figure, release) for figure in shown):
        young, old = benchmarks.named(AGE).share
        ages = release.card.instrument.ages
        said.append(words.say("benchmark-ages", ages=ages, young=young, old=old))
    if not benchmarks.same_scale(release):
        said.append(words.say("benchmark-other-scale"))
    return (*said, *_composition(results, words))


def _composition(results: Results, words: Words) -> tuple[str, ...]:
    """Who answered here and in the network, where that differs far."""
    if results.network is None or not _may_compare(results, results.network):
        return ()
    differs = comparability.composition(look_up(results.network), results)
    return (words.say("benchmark-composition"),) if differs else ()


def _published(words: Words, figures: tuple[Published, ...]) -> tuple[tuple[str, Table], ...]:
    if not figures:
        return ()
    heads = ("benchmark-where", "benchmark-age", "column-mean", "column-interval", "column-below")
    head = (*(words.say(name) for name in heads), words.say("benchmark-source"))
    return ((words.say("benchmark-elsewhere"), Table(head, tuple(_row(words, one) for one in figures))),)


def _row(words: Words, figure: Published) -> tuple[str, ...]:
    where = ", ".join(words.country_name(code) for code in figure.countries)
    told = [f"{where}, {figure.year}", f"{figure.ages[0]}-{figure.ages[1]}"]
    for number, is_share in ((figure.mean, False), (figure.below, True)):
        value, low, high = number or (None, None, None)
        shown = "" if value is None else words.number(value, 1)
        told.append(words.say("percent", share=shown) if is_share and shown else shown)
        if not is_share:
            told.append(interval(words, low, high, decimals=1))
    return (*told, figure.source)
