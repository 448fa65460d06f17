"""May two releases of one school be held against each other, and what else differs between them?

Two kinds of answers: what forbids a number (`BLOCKS`), and what has to be said beside one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from erbij.privacy.release import BreakdownCard, GroupCard, Release, ScaleCard
from erbij.reports.results import Results

FAR = 10.0
"""Points by which a response or the share of a group may differ before the reader is told.

A convention. With a tenth of the pupils replaced by others who score 20 points lower, a mean falls 2 points.
"""
TOGETHER = "together"
"""Who is told together depends on what is withheld, so that it is another set in every release."""
TREATMENT = "discrimination"

BLOCKS = ("made-up", "same", "schools", "instrument", "score")
"""What forbids a number, the first that holds: see `block`."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A share of those who answered that differs far, then and now, per cent.

    `breakdown` and `group` name the group; without them it is a unit, or with neither the response.
    """

    then: float
    now: float
    breakdown: BreakdownCard | None = None
    group: GroupCard | None = None
    unit: str = ""


def block(then: Release, now: Release) -> str:
    """Why no number of one may be subtracted from the other: one of `BLOCKS`, or nothing.

    `made-up`: only one is made up. `same`: the same file of answers. `schools`: no school is in both.
    `instrument`: another one, another version or for other ages. `score`: another rule or main scale.
    """
    holds = {
        "made-up": then.card.source.is_made_up != now.card.source.is_made_up,
        "same": bool(now.card.source.sha256) and then.card.source.sha256 == now.card.source.sha256,
        "schools": _have_other_schools(then, now),
        "instrument": _asked(then) != _asked(now),
        "score": _scored(then) != _scored(now),
    }
    return next((name for name in BLOCKS if holds[name]), "")


def kind(release: Release) -> tuple[object, ...]:
    """The same for releases of the same questions, scored in the same way, that are all made up or none."""
    return release.card.source.is_made_up, _asked(release), _scored(release)


def _asked(release: Release) -> tuple[str, ...]:
    instrument = release.card.instrument
    return instrument.id, instrument.version, instrument.ages, instrument.audience


def _scored(release: Release) -> tuple[object, ...]:
    instrument = release.card.instrument
    main = next(scale for scale in release.card.scales if scale.id == instrument.main_scale)
    return instrument.min_share_answered, *_key(main)


def _key(scale: ScaleCard) -> tuple[object, ...]:
    return scale.id, scale.items, scale.line, scale.high_is_good


def _have_other_schools(then: Release, now: Release) -> bool:
    names = [set(release.cells.filter(level="school")["unit"]) for release in (then, now)]
    return all(names) and not names[0] & names[1]


def scales(then: Release, now: Release) -> tuple[ScaleCard, ...]:
    """The scales of now that were scored in the same way then, in their order."""
    known = {_key(scale) for scale in then.card.scales}
    return tuple(scale for scale in now.card.scales if _key(scale) in known)


def breakdowns(then: Release, now: Release) -> Iterator[tuple[BreakdownCard, tuple[GroupCard, ...]]]:
    """The breakdowns that had the same groups then, each with the groups that can be compared."""
    known = {card.id: _groups(card) for card in then.card.breakdowns}
    for card in now.card.breakdowns:
        if known.get(card.id) == _groups(card):
            yield card, tuple(group for group in card.groups if group.id != TOGETHER)


def _groups(card: BreakdownCard) -> set[str]:
    return {group.id for group in card.groups} - {TOGETHER}


def is_same_treatment(then: Release, now: Release) -> bool:
    """Whether little and much treatment are divided at the same line."""
    lines = [card.discrimination and card.discrimination.line for card in (then.card, now.card)]
    return lines[0] is not None and lines[0] == lines[1]


def response(then: Results, now: Results) -> Shift | None:
    """The response, where it differs far."""
    cells = then.everyone("response"), now.everyone("response")
    values = [cell.value for cell in cells if cell is not None and cell.value is not None]
    shift = Shift(values[0], values[1]) if len(values) == len(cells) else None
    return shift if shift and _is_far(shift) else None


def composition(then: Results, now: Results) -> tuple[Shift, ...]:
    """The groups, then the grades, whose share of those who answered differs far."""
    shifts = [*_group_shifts(then, now), *_grade_shifts(then, now)]
    return tuple(shift for shift in shifts if _is_far(shift))


def _is_far(shift: Shift) -> bool:
    return abs(shift.now - shift.then) > FAR


def _group_shifts(then: Results, now: Results) -> Iterator[Shift]:
    for card, groups in breakdowns(then.release, now.release):
        for group in groups:
            shares = [_share_of(found, card.id, group.id) for found in (then, now)]
            if shares[0] is not None and shares[1] is not None:
                yield Shift(shares[0], shares[1], card, group)


def _share_of(found: Results, breakdown: str, group: str) -> float | None:
    part, whole = found.group(breakdown, group, "n"), found.everyone("n")
    return _per_cent(None if part is None else part.value, None if whole is None else whole.value)


def _per_cent(part: float | None, whole: float | None) -> float | None:
    # Numbers of groups go in steps, so that the share is about right and can pass 100.
    return None if part is None or not whole else min(100.0, 100.0 * part / whole)


def _grade_shifts(then: Results, now: Results) -> Iterator[Shift]:
    shares = [_grades(found) for found in (then, now)]
    for unit in sorted(shares[0].keys() & shares[1].keys()):
        yield Shift(shares[0][unit], shares[1][unit], unit=unit)


def _grades(found: Results) -> dict[str, float]:
    whole = found.everyone("n")
    counts = ((unit, cells["n"].value) for unit, cells in found.units("grade") if "n" in cells)
    shares = ((unit, _per_cent(count, None if whole is None else whole.value)) for unit, count in counts)
    return {unit: share for unit, share in shares if share is not None}
