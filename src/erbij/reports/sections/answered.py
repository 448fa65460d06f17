"""Who answered?"""

from erbij.privacy.release import Cell
from erbij.reports.description import Section, Table
from erbij.reports.phrases import between, bound, count, share_of
from erbij.reports.results import Results
from erbij.reports.words import Words, sentence

UNIT_LEVELS = ("school", "grade", "class")


def tell(results: Results, words: Words) -> Section:
    """Asked and answered, what is missing, trust, who is in the figures and what did not count."""
    return Section(
        id="answered",
        heading=words.say("answered"),
        lead=(_lead(results, words),),
        points=(*_quality(results, words), *_trust(results, words)),
        tables=(
            *_composition(results, words),
            (words.say("answered-excluded"), _exclusions(results, words)),
        ),
        not_told=(words.say("answered-not-told"),),
    )


def _lead(results: Results, words: Words) -> str:
    asked, n, response = (results.everyone(measure) for measure in ("asked", "n", "response"))
    if not (asked and n and response) or asked.value is None or n.value is None or response.value is None:
        return words.say("answered-hidden")
    told = {"n": n.value, "asked": asked.value, "response": response.value}
    return words.say("answered-lead", **{name: words.number(value) for name, value in told.items()})


def _quality(results: Results, words: Words) -> list[str]:
    found = ((measure, results.everyone(measure)) for measure in ("missing", "straight"))
    return [_share(words, measure, cell) for measure, cell in found if cell is not None]


def _share(words: Words, measure: str, cell: Cell) -> str:
    if bound(cell):
        return words.say(f"answered-{measure}{bound(cell)}", share=share_of(words, cell))
    told = words.number(cell.value or 0.0, 1)
    return words.say(f"answered-{measure}", share=told, **between(words, cell, decimals=1))


def _trust(results: Results, words: Words) -> list[str]:
    found = ((scale, results.everyone(f"mean:{scale.id}")) for scale in results.scales(kind="trust"))
    return [
        words.say(
            "answered-trust",
            label=sentence(words.label(scale.label, scale.id)),
            mean=words.number(cell.value),
            **between(words, cell),
        )
        for scale, cell in found
        if cell is not None and cell.value is not None
    ]


def _composition(results: Results, words: Words) -> list[tuple[str, Table]]:
    rows = []
    for card in results.breakdowns:
        for group in card.groups:
            named = f"{sentence(words.label(card.label, card.id))}: {words.label(group.label, group.id)}"
            rows.append((named, count(words, results.group(card.id, group.id, "n"))))
    head = (words.say("column-group"), words.say("column-pupils"))
    return [(words.say("answered-groups"), Table(head, tuple(rows)))] if rows else []


def _exclusions(results: Results, words: Words) -> Table:
    head = (words.say("column-what"), words.say("column-count"))
    rows = [
        (words.say(f"excluded-{e.what}", where=_where(results, words, e.where)), words.number(e.count))
        for e in results.release.card.exclusions
        if e.count
    ]
    least = words.number(results.release.card.policy.threshold)
    return Table(head, tuple(rows) or ((words.say("excluded-none", threshold=least), ""),))


def _where(results: Results, words: Words, where: str) -> str:
    """The name of a scale, breakdown or level in words; a column as it is called."""
    if where in UNIT_LEVELS:
        return words.say(f"unit-{where}")
    if where.startswith(("facet-", "source-", "context-")):
        return words.say(where)
    labels = {scale.id: scale.label for scale in results.release.card.scales}
    labels |= {card.id: card.label for card in results.breakdowns}
    labels |= {card.id: card.label for card in results.release.card.outcomes}
    if (measure := results.release.card.discrimination) is not None:
        labels["discrimination"] = measure.label
    return words.label(labels.get(where, {}), where)
