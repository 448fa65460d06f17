"""Made-up schools to attack: pupils in clustered classes, groups that follow the class, missing answers."""

from dataclasses import dataclass, replace

import numpy as np

from erbij.instruments import registry
from erbij.stats.design import SamplingDesign
from erbij.studies.study import Breakdown, Discrimination, Group, Source, Study, Units

INSTRUMENT = registry.load("pisa-2015-belonging")
SHARES = {
    "gender": (0.49, 0.48, 0.03),
    "home-language": (0.62, 0.2, 0.1, 0.05, 0.03),
    "origin": (0.7, 0.2, 0.1),
    "means": (0.25, 0.25, 0.25, 0.25),
    "faith": (0.45, 0.3, 0.2, 0.03, 0.02),
    "care": (0.9, 0.1),
    "tongue": (0.8, 0.15, 0.05),
}


@dataclass(frozen=True, slots=True)
class Pupils:
    """What is known of the pupils of one school, and what they answered: arrays of n."""

    grade: np.ndarray
    room: np.ndarray
    groups: dict[str, np.ndarray]
    much: np.ndarray
    score: np.ndarray


def pupils(n: int, rng: np.random.Generator, *, breakdowns: int = 7, size: int = 20) -> Pupils:
    """One school: classes of about `size`, six grades, groups that cluster in classes."""
    rooms = max(1, round(n / size))
    room = np.sort(rng.integers(0, rooms, n))
    grade = room * min(6, rooms) // rooms
    groups = {}
    for name, shares in list(SHARES.items())[:breakdowns]:
        spread = rng.dirichlet(np.array(shares) * 12 + 0.05, rooms)
        edges = np.cumsum(spread[room], axis=1)
        codes = (rng.random(n)[:, None] > edges[:, :-1]).sum(axis=1)
        codes[rng.random(n) < rng.choice([0.0, 0.02, 0.08])] = -1
        groups[name] = codes.astype(np.int64)
    level = 65 + 6 * rng.normal(size=rooms)[room]
    score = np.clip(np.round((level + 17 * rng.normal(size=n)) / 100 * 18), 0, 18) * 100 / 18
    score[rng.random(n) < 0.03] = np.nan
    much = (rng.random(n) < 0.3).astype(float)
    much[rng.random(n) < 0.02] = np.nan
    return Pupils(grade, room, groups, much, score)


def study(found: Pupils, **changes: object) -> Study:
    """The study of one school, as a wave of the web gives it: levels all, grade and class."""
    n = len(found.score)
    units = {"all": _units(["all"], np.zeros(n, dtype=np.int64))}
    units["grade"] = _units([f"{g + 1}" for g in range(found.grade.max() + 1)], found.grade)
    units["class"] = _units([f"{r}" for r in range(found.room.max() + 1)], found.room)
    origin = found.groups.get("origin")
    majority = None if origin is None else np.where(origin < 0, np.nan, (origin == 0).astype(float))
    return replace(
        Study(
            title={"en": "Made up"},
            instrument=INSTRUMENT,
            n=n,
            # Everyone ticked the same boxes, which spares the search for a reliability.
            answers={item: np.ones(n) for item in INSTRUMENT.items},
            scores={"belonging": found.score},
            units=units,
            breakdowns=tuple(
                Breakdown(
                    name,
                    {"en": name},
                    tuple(Group(f"g{i}", {}) for i in range(len(SHARES[name]))),
                    codes,
                )
                for name, codes in found.groups.items()
            ),
            design=SamplingDesign(np.ones(n)),
            source=Source("made-up.csv", "", n, "", is_made_up=True),
            discrimination=None if majority is None else Discrimination(found.much, majority, 9.0, {}),
        ),
        **changes,
    )


def _units(names: list[str], codes: np.ndarray) -> Units:
    return Units(tuple(names), codes.astype(np.int64), np.bincount(codes, minlength=len(names)))


def network(sizes: list[int], rng: np.random.Generator, **more: int) -> Study:
    """The study of several schools: levels all, school, grade and class."""
    parts = [pupils(n, rng, **more) for n in sizes]
    school = np.repeat(np.arange(len(parts)), sizes)
    grades = np.cumsum([0, *(part.grade.max() + 1 for part in parts)])
    rooms = np.cumsum([0, *(part.room.max() + 1 for part in parts)])
    whole = Pupils(
        np.concatenate([part.grade + start for part, start in zip(parts, grades, strict=False)]),
        np.concatenate([part.room + start for part, start in zip(parts, rooms, strict=False)]),
        {name: np.concatenate([part.groups[name] for part in parts]) for name in parts[0].groups},
        np.concatenate([part.much for part in parts]),
        np.concatenate([part.score for part in parts]),
    )
    found = study(whole)
    units = {"all": found.units["all"], "school": _units([f"s{i}" for i in range(len(parts))], school)}
    return replace(found, units=units | {level: found.units[level] for level in ("grade", "class")})
