"""What the pupils of the made-up town answer. The equations: docs/made-up-town.md."""

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtr

from erbij.instruments.schema import Instrument, Item, Scale
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.studies.town_pupils import Model, Pupils

RATHER_NOT_SAY = 9
DONT_KNOW_PARENTS = 4
YES, NO = 1, 2

OF_KIND = {"home-languages": "language", "parents-born": "parents", "gender": "gender", "books": "books"}
YES_NO = {"extra-help": "extra help", "new-here": "new here"}

_SHARED = {
    "overall": 1.0,
    "outcome": 0.65,
    "trust": 0.30,
    "opportunity": 0.20,
    "conditions": 0.20,
}
"""How far the answers to other scales follow belonging."""

_GROUNDS: Mapping[str, tuple[str, float, float]] = {
    "language": ("other home language", 0.45, 0.02),
    "origin": ("parents born elsewhere", 0.50, 0.03),
    "faith": ("parents born elsewhere", 0.25, 0.03),
    "gender": ("not a boy", 0.25, 0.06),
    "body": ("extra help", 0.25, 0.18),
    "disability": ("extra help", 0.50, 0.03),
    "money": ("few books", 0.35, 0.05),
    "other": ("extra help", 0.12, 0.12),
}
"""For each ground: what a pupil is, and the chance to name the ground if so and if not."""


def answers(
    instrument: Instrument,
    pupils: Pupils,
    *,
    ease: Mapping[str, float],
    model: Model,
    rng: np.random.Generator,
) -> dict[str, FloatArray]:
    """Let every pupil fill in the questionnaire.

    Parameters
    ----------
    instrument
        What is asked.
    pupils
        Who answer.
    ease
        For each item, how much more readily it is answered high than others of its kind.
    model
        The numbers of the equations.
    rng
        Every draw comes from here, in the order of the questionnaire.

    Returns
    -------
    dict
        For each column shape (n,) codes, NaN where there is no answer; in the order of the questionnaire,
        a `several` item with one column `ITEM.CODE` for each option. Faith is not asked in this town.
    """
    columns: dict[str, FloatArray] = {}
    for item in instrument.items.values():
        form = instrument.format_of(item)
        if item.scale is not None:
            place = _place(instrument, item, pupils, model=model) + ease[item.id]
            columns[item.id] = _rated(instrument, item, place, model=model, rng=rng)
        elif form.type == "one-of" and item.id in {*OF_KIND, *YES_NO, "born-here"}:
            columns[item.id] = _told(item.id, pupils, model=model, rng=rng)
        elif form.type == "several":
            is_hurt = _is_hurt(instrument, columns, pupils.n)
            grounds = _grounds(pupils, is_hurt, model=model, rng=rng)
            columns |= {f"{item.id}.{c}": grounds[str(c)] for c in form.codes if str(c) in grounds}
    _straight_lines(instrument, columns, pupils.n, model=model, rng=rng)
    return columns


def true_scores(
    instrument: Instrument, pupils: Pupils, scale: str, *, ease: Mapping[str, float], model: Model
) -> FloatArray:
    """Score, 0 to 100, of each pupil over endless tries at the items of this scale; shape (n,)."""
    total = np.zeros(pupils.n)
    items = instrument.items_of(scale)
    for item in items:
        place = _place(instrument, item, pupils, model=model) + ease[item.id]
        cuts = _cuts(len(instrument.format_of(item).codes), model)
        total += np.mean([ndtr((place - cut) / model.item_sd) for cut in cuts], axis=0)
    return np.asarray(100.0 * total / len(items))


def _place(instrument: Instrument, item: Item, pupils: Pupils, *, model: Model) -> FloatArray:
    """Where a pupil stands on what this item asks, before chance."""
    scale = instrument.scales[item.scale or ""]
    if scale.kind == "discrimination":
        return model.ease[scale.kind] + model.felt * pupils.treatment - _peculiar(item, pupils, model)
    if scale.kind == "belonging":
        return model.ease[scale.kind] + pupils.belonging + _peculiar(item, pupils, model)
    good = model.ease[scale.kind] + _own_part(scale, pupils) + _SHARED[scale.kind] * pupils.belonging
    return good if scale.high_is_good else -good


def _peculiar(item: Item, pupils: Pupils, model: Model) -> FloatArray:
    """What is peculiar to the facet, the source and the context of an item."""
    names = [name for name in (item.facet, item.source, item.context) if name is not None]
    return model.peculiar_sd * sum((pupils.parts[name] for name in names), np.zeros(pupils.n))


def _own_part(scale: Scale, pupils: Pupils) -> FloatArray:
    if scale.opportunity is not None:
        return 0.8 * pupils.levers[scale.opportunity]
    if scale.kind == "trust":
        return pupils.trust
    return np.zeros(pupils.n)


def _cuts(options: int, model: Model) -> FloatArray:
    """Thresholds between ordered options, evenly spaced around 0."""
    return (np.arange(1, options) - options / 2) * model.reach / options


def _rated(
    instrument: Instrument, item: Item, place: FloatArray, *, model: Model, rng: np.random.Generator
) -> FloatArray:
    codes = np.array(instrument.format_of(item).codes, dtype=np.float64)
    felt = place + model.item_sd * rng.standard_normal(place.size)
    step = np.searchsorted(_cuts(codes.size, model), felt)
    picked = codes[codes.size - 1 - step if item.reversed else step]
    return np.where(rng.random(place.size) < model.skipped, np.nan, picked)


def true_codes(name: str, pupils: Pupils) -> FloatArray:
    """What every pupil would say to a background question that leaves nothing out; shape (n,)."""
    if name in OF_KIND:
        return pupils.kinds[OF_KIND[name]] + np.float64(1)
    if name in YES_NO:
        return np.where(pupils.is_[YES_NO[name]], float(YES), float(NO))
    return pupils.is_["born elsewhere"] + np.float64(1)


def _told(name: str, pupils: Pupils, *, model: Model, rng: np.random.Generator) -> FloatArray:
    codes = true_codes(name, pupils)
    if name == "parents-born":
        codes[rng.random(pupils.n) < model.rather_not_say] = DONT_KNOW_PARENTS
    codes[rng.random(pupils.n) < model.rather_not_say] = RATHER_NOT_SAY
    codes[rng.random(pupils.n) < model.skipped] = np.nan
    return codes


def _is_hurt(instrument: Instrument, columns: Mapping[str, FloatArray], n: int) -> BoolArray:
    """Who said more than the least to a question about discrimination that was already asked."""
    is_hurt = np.zeros(n, dtype=np.bool_)
    for name, column in columns.items():
        item = instrument.items.get(name)
        if item is not None and item.scale and instrument.scales[item.scale].kind == "discrimination":
            is_hurt |= column > float(instrument.format_of(item).codes[0])
    return is_hurt


def _grounds(
    pupils: Pupils, is_hurt: BoolArray, *, model: Model, rng: np.random.Generator
) -> dict[str, FloatArray]:
    """For each ground shape (n,): 1 where a pupil names it, 0 where not, NaN where nothing is said."""
    named = {
        ground: is_hurt & (rng.random(pupils.n) < np.where(pupils.is_[who], if_so, if_not))
        for ground, (who, if_so, if_not) in _GROUNDS.items()
    }
    named["unknown"] = is_hurt & ~np.any(list(named.values()), axis=0)
    named["none"] = ~is_hurt
    says_not = rng.random(pupils.n) < model.rather_not_say
    named = {ground: who & ~says_not for ground, who in named.items()} | {"not-said": says_not}
    is_skipped = rng.random(pupils.n) < model.skipped
    return {ground: np.where(is_skipped, np.nan, is_named) for ground, is_named in named.items()}


def _straight_lines(
    instrument: Instrument,
    columns: dict[str, FloatArray],
    n: int,
    *,
    model: Model,
    rng: np.random.Generator,
) -> None:
    """Let a few pupils give the same answer throughout; changes `columns`."""
    who: IntArray = np.flatnonzero(rng.random(n) < model.careless)
    height = rng.random(who.size)
    for name, column in columns.items():
        item = instrument.items.get(name)
        if item is not None and item.scale is not None:
            codes = np.array(instrument.format_of(item).codes, dtype=np.float64)
            column[who] = codes[(height * codes.size).astype(np.int64)]
