"""From raw answers to scores from 0 to 100."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, lcm

import numpy as np
from numpy.typing import NDArray

from erbij.errors import StudyError
from erbij.instruments.schema import Instrument, Item

FloatArray = NDArray[np.float64]


def needed(share: float, items: int) -> int:
    """How many of a scale's items a pupil must have answered.

    >>> needed(0.8, 6), needed(0.8, 18), needed(0.7, 10)
    (5, 15, 7)
    """
    # As written, not as stored: in floating point 0.7 * 10 lies above 7 and would ask for eight.
    return ceil(Fraction(str(share)) * items)


def score(instrument: Instrument, answers: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Score every scale of which the answers hold enough items.

    Each item runs from 0 to 100 over its own codes, `(code - lowest) / (highest - lowest) * 100`, turned
    round where the item is reversed; the score is the mean of the answered items.

    Parameters
    ----------
    instrument
        Its `min_share_answered` is a share of the items of the scale as the instrument has them: an item
        that the answers lack counts as not answered.
    answers
        For each item shape (n,) raw codes, NaN where there is no answer. Other keys are left alone.

    Returns
    -------
    dict
        For each scale shape (n,), 0 to 100, NaN where too few items were answered. A scale of which too
        few items were asked is absent.

    Raises
    ------
    StudyError
        A code that the answer format does not have, or items of unequal length.

    Examples
    --------
    >>> from erbij.instruments import registry
    >>> pisa = registry.load("pisa-2015-belonging")
    >>> answers = [4, 1, 1, 4, 1, np.nan]
    >>> score(pisa, {i: np.array([a]) for i, a in zip(pisa.items, answers)})["belonging"]
    array([100.])
    """
    _check_lengths(instrument, answers)
    scores = {}
    for scale in instrument.scales.values():
        held = [item for item in instrument.items_of(scale.id) if item.id in answers]
        enough = needed(instrument.min_share_answered, len(scale.items))
        if len(held) >= enough:
            scores[scale.id] = _mean_of_answered(instrument, held, answers, enough=enough)
    return scores


def _mean_of_answered(
    instrument: Instrument, items: list[Item], answers: Mapping[str, FloatArray], *, enough: int
) -> FloatArray:
    # Sums of whole numbers, divided once: a score on the line must not fall under it by rounding.
    spans = [_span(instrument, item) for item in items]
    unit = lcm(*spans)
    total = np.zeros(answers[items[0].id].shape[0])
    count = np.zeros_like(total)
    for item, span in zip(items, spans, strict=True):
        points = _points(instrument, item, answers[item.id])
        is_answered = ~np.isnan(points)
        total += np.where(is_answered, points, 0.0) * (unit // span)
        count += is_answered
    mean: FloatArray = 100.0 * total / (np.maximum(count, 1.0) * unit)
    return np.where(count >= enough, mean, np.nan)


def _points(instrument: Instrument, item: Item, codes: FloatArray) -> FloatArray:
    """Whole numbers from 0 to the span of the format, high where the item says much of the scale."""
    allowed = _rating(instrument, item)
    is_wrong = ~np.isin(codes, allowed) & ~np.isnan(codes)
    if is_wrong.any():
        row = int(np.argmax(is_wrong))
        raise StudyError(
            "not a code of this item",
            where=[f"item {item.id}", f"answer {row + 1}"],
            found=float(codes[row]),
            allowed=allowed,
            advice="Codes that stand for no answer must be empty before scoring.",
        )
    return (allowed[-1] - codes) if item.reversed else (codes - allowed[0])


def _span(instrument: Instrument, item: Item) -> int:
    allowed = _rating(instrument, item)
    return allowed[-1] - allowed[0]


def _rating(instrument: Instrument, item: Item) -> list[int]:
    return [int(code) for code in instrument.format_of(item).codes]


def _check_lengths(instrument: Instrument, answers: Mapping[str, FloatArray]) -> None:
    lengths = {item: answers[item].shape for item in instrument.items if item in answers}
    if len(set(lengths.values())) > 1:
        raise StudyError("the items have unequal numbers of answers", found=sorted(set(lengths.values())))
