"""Who lives in the made-up town: schools, classes, pupils, and what they meet there.

The equations and the reasons for them: docs/made-up-town.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

import numpy as np
from scipy.special import expit, ndtri

from erbij.errors import StudyError
from erbij.instruments.schema import Context, Facet, Source
from erbij.stats.design import BoolArray, FloatArray, IntArray

LEVERS = ("teams", "curriculum", "welcome", "environment", "co-creation")
GRADES = (5, 6)
ONE_ELSEWHERE, BOTH_ELSEWHERE = 1, 2
OTHER_GENDER = 2


@dataclass(frozen=True, slots=True)
class Model:
    """The numbers of the model, each explained in docs/made-up-town.md; latent quantities have no unit."""

    class_size: float = 21.0
    spread_of_school_size: float = 0.38
    school_sd: float = 0.12
    class_sd: float = 0.10
    pupil_sd: float = 0.50
    lever_effect: float = 0.07
    lever_school_sd: float = 0.45
    climate_spread: float = 0.35
    climate_lever: float = -0.30
    chance_of_harm: float = -2.3
    blow: float = 2.0
    treatment_noise: float = 0.5
    harm: float = 0.28
    pressure: Mapping[str, float] = field(
        default_factory=lambda: {
            "born elsewhere": 0.3,
            "both parents born elsewhere": 1.2,
            "one parent born elsewhere": 0.7,
            "other home language": 0.5,
            "girl": 0.2,
            "other gender": 1.6,
            "extra help": 0.9,
            "few books": 0.5,
            "few books, parents born elsewhere": 0.4,
        }
    )
    felt: float = 0.8
    peculiar_sd: float = 0.28
    item_sd: float = 0.85
    item_spread: float = 0.20
    reach: float = 4.2
    ease: Mapping[str, float] = field(
        default_factory=lambda: {
            "belonging": 0.98,
            "overall": 1.0,
            "discrimination": -1.75,
            "opportunity": 0.45,
            "outcome": 0.6,
            "trust": 0.8,
            "conditions": 0.5,
        }
    )
    skipped: float = 0.025
    rather_not_say: float = 0.03
    careless: float = 0.015
    not_there: float = 0.05
    main_effects: Mapping[str, float] = field(
        default_factory=lambda: {
            "girl": -0.03,
            "other gender": -0.12,
            "extra help": -0.08,
            "few books": -0.05,
            "new here": -0.12,
        }
    )


@dataclass(frozen=True, slots=True)
class Pupils:
    """n pupils; every array has shape (n,).

    `kinds` holds classes counted from 0, in the order of the options of the question about them; `is_` what a
    pupil is, by the names in `Model.pressure`.

    `treatment` is how much unfair treatment a pupil meets, `belonging` the latent belonging, both in
    standard units; `levers[k]` how much a pupil meets of an opportunity; `parts[p]` what is peculiar to a
    facet, source or context.
    """

    school: IntArray
    grade: IntArray
    class_: IntArray
    schools: int
    kinds: Mapping[str, IntArray]
    is_: Mapping[str, BoolArray]
    treatment: FloatArray
    belonging: FloatArray
    levers: Mapping[str, FloatArray]
    parts: Mapping[str, FloatArray]
    trust: FloatArray

    @property
    def n(self) -> int:
        """How many pupils live here."""
        return self.school.size


def settle(schools: int, pupils: int, *, model: Model, rng: np.random.Generator) -> Pupils:
    """People the town.

    Parameters
    ----------
    schools
        1 or more.
    pupils
        At least two for each school: one in every grade.
    model
        The numbers of the equations.
    rng
        Every draw comes from here, in a fixed order.

    Raises
    ------
    StudyError
        Too few schools or pupils.
    """
    if schools < 1 or pupils < len(GRADES) * schools:
        raise StudyError(
            "a town needs a school or more, and two pupils or more in each",
            found=f"{schools} schools, {pupils} pupils",
            allowed=["schools from 1", f"pupils from {len(GRADES) * max(schools, 1)}"],
        )
    school, grade, class_ = _seats(schools, pupils, model=model, rng=rng)
    kinds, is_ = _identities(school, schools, rng=rng)
    school_levers = {k: model.lever_school_sd * rng.standard_normal(schools) for k in LEVERS}
    treatment = _treatment(school, is_, school_levers, model=model, rng=rng)
    levers = {k: school_levers[k][school] + 0.9 * rng.standard_normal(pupils) for k in LEVERS}
    names = (*get_args(Facet), *get_args(Source), *get_args(Context))
    return Pupils(
        school=school,
        grade=grade,
        class_=class_,
        schools=schools,
        kinds=kinds,
        is_=is_,
        treatment=treatment,
        belonging=model.lever_effect * _total(levers)
        + _belonging((school, class_), is_, treatment, model=model, rng=rng),
        levers=levers,
        parts={name: rng.standard_normal(pupils) for name in names},
        trust=0.3 * rng.standard_normal(schools)[school] + 0.6 * rng.standard_normal(pupils),
    )


def _seats(
    schools: int, pupils: int, *, model: Model, rng: np.random.Generator
) -> tuple[IntArray, IntArray, IntArray]:
    sizes = _shared_out(pupils, model.spread_of_school_size * rng.standard_normal(schools))
    tilt = rng.normal(0.5, 0.04, schools)
    first = np.clip(np.rint(sizes * tilt), 1, sizes - 1).astype(np.int64)
    of_grade = np.column_stack((first, sizes - first)).ravel()
    cohort = np.repeat(np.arange(of_grade.size), of_grade)
    rooms = np.maximum(1, np.rint(of_grade / model.class_size)).astype(np.int64)
    seat = np.arange(pupils) - np.repeat(np.cumsum(of_grade) - of_grade, of_grade)
    # Dealt round like cards: classes of one grade differ by one pupil at most.
    class_ = (np.cumsum(rooms) - rooms)[cohort] + seat % rooms[cohort]
    order = np.argsort(class_, kind="stable")
    grade: IntArray = np.array(GRADES, dtype=np.int64)[cohort[order] % len(GRADES)]
    return cohort[order] // len(GRADES), grade, class_[order]


def _shared_out(pupils: int, log_weights: FloatArray) -> IntArray:
    """Sizes that add up to the pupils exactly, each at least one pupil a grade (largest remainders)."""
    weights = np.exp(log_weights)
    least = len(GRADES)
    ideal = (pupils - least * weights.size) * weights / weights.sum()
    sizes = np.floor(ideal).astype(np.int64)
    rest = pupils - least * weights.size - int(sizes.sum())
    sizes[np.argsort(sizes - ideal, kind="stable")[:rest]] += 1
    return np.asarray(sizes + least, dtype=np.int64)


def _identities(
    school: IntArray, schools: int, *, rng: np.random.Generator
) -> tuple[dict[str, IntArray], dict[str, BoolArray]]:
    n = school.size
    diverse = rng.standard_normal(schools)
    poor = 0.6 * diverse + 0.8 * rng.standard_normal(schools)
    # Var(root) = 0.9 ** 2 + 1; a school's diversity and poverty share 0.9 * 0.6 = 0.54 of covariance.
    root = 0.9 * diverse[school] + rng.standard_normal(n)
    speaks = 0.8 * root + rng.standard_normal(n)
    wealth = -0.4 * root - 0.5 * poor[school] + rng.standard_normal(n)
    is_from_elsewhere = (
        rng.random(n) < np.array([0.01, 0.04, 0.30])[parents := _cut(root / 1.81**0.5, 0.60, 0.72)]
    )
    kinds = {
        "parents": parents,
        "language": _cut(speaks / (0.64 * 1.81 + 1.0) ** 0.5, 0.66, 0.91),
        "books": _cut(wealth / (0.16 * 1.81 + 0.25 + 0.4 * 0.54 + 1.0) ** 0.5, 0.20, 0.50, 0.80),
        "gender": rng.choice(3, n, p=(0.487, 0.488, 0.025)),
    }
    has_few, is_boy = kinds["books"] == 0, kinds["gender"] == 1
    is_ = {
        "born elsewhere": is_from_elsewhere,
        "both parents born elsewhere": parents == BOTH_ELSEWHERE,
        "parents born elsewhere": parents > 0,
        "one parent born elsewhere": parents == ONE_ELSEWHERE,
        "other home language": kinds["language"] > 0,
        "girl": kinds["gender"] == 0,
        "not a boy": ~is_boy,
        "other gender": kinds["gender"] == OTHER_GENDER,
        "extra help": rng.random(n) < 0.11 + 0.06 * has_few + 0.03 * is_boy,
        "few books": has_few,
        "few books, parents born elsewhere": has_few & (parents > 0),
        "new here": rng.random(n) < np.where(is_from_elsewhere, 0.22, 0.06),
    }
    return kinds, is_


def _cut(liability: FloatArray, *shares: float) -> IntArray:
    """Ordered classes of a standard normal liability; `shares` are cumulative."""
    codes: IntArray = np.searchsorted(np.asarray(ndtri(shares)), liability).astype(np.int64)
    return codes


def _treatment(
    school: IntArray,
    is_: Mapping[str, BoolArray],
    school_levers: Mapping[str, FloatArray],
    *,
    model: Model,
    rng: np.random.Generator,
) -> FloatArray:
    """Unfair treatment: it hits or it does not; whom it hits depends on identity times climate."""
    mean_lever = _total(school_levers) / len(LEVERS)
    spread = model.climate_spread * rng.standard_normal(mean_lever.size)
    climate = np.exp(spread + model.climate_lever * mean_lever)[school]
    pressure = sum((p * is_[name] for name, p in model.pressure.items()), np.zeros(school.size))
    chance: FloatArray = expit(model.chance_of_harm + climate * pressure)
    is_hit = rng.random(school.size) < chance
    return model.blow * is_hit + model.treatment_noise * rng.standard_normal(school.size)


def _total(parts: Mapping[str, FloatArray]) -> FloatArray:
    total: FloatArray = np.sum(list(parts.values()), axis=0)
    return total


def _belonging(
    places: tuple[IntArray, IntArray],
    is_: Mapping[str, BoolArray],
    treatment: FloatArray,
    *,
    model: Model,
    rng: np.random.Generator,
) -> FloatArray:
    school, class_ = places
    of_place = model.school_sd * rng.standard_normal(school.max() + 1)[school]
    of_place = of_place + model.class_sd * rng.standard_normal(class_.max() + 1)[class_]
    of_self = sum((b * is_[name] for name, b in model.main_effects.items()), np.zeros(school.size))
    chance = model.pupil_sd * rng.standard_normal(school.size)
    return np.asarray(of_place + of_self - model.harm * treatment + chance)
