"""A made-up town of schools: answers of pupils who do not exist, and the truth behind them.

To try Erbij without a real child in it, and to see whether it finds what was put in. The model, with its
equations: docs/made-up-town.md.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

from erbij.errors import StudyError
from erbij.instruments import registry
from erbij.instruments.schema import Instrument
from erbij.stats.design import BoolArray, FloatArray, IntArray
from erbij.studies import town_answers, town_files
from erbij.studies.town_files import BREAKDOWNS, INSTRUMENT, LITTLE_UP_TO
from erbij.studies.town_pupils import Model, Pupils, settle

_ROOMS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Town:
    """`frame` has a row for each pupil; `asked` how many were asked in each school; `truth` what was put in.

    The frame's columns: `note`, `school`, `grade`, `class`, then those of the questionnaire: codes as whole
    numbers, null where there is no answer.
    """

    frame: pl.DataFrame
    asked: Mapping[str, int]
    truth: Mapping[str, object]


def make(schools: int, pupils: int, *, seed: int) -> Town:
    """Make up a town.

    Parameters
    ----------
    schools, pupils
        How many there are; at least one school, and two pupils for each.
    seed
        0 or more. The same seed gives the same town.

    Raises
    ------
    StudyError
        Too few schools or pupils, or a seed below 0.

    Examples
    --------
    >>> make(2, 50, seed=1).frame.height
    50
    """
    if seed < 0:
        raise StudyError("not a seed", found=seed, allowed=["whole numbers from 0"])
    model, instrument = Model(), registry.load(INSTRUMENT)
    # Streams of their own: a change in how pupils answer moves nobody to another school.
    people, items, answering, absence = (
        np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(4)
    )
    who = settle(schools, pupils, model=model, rng=people)
    ease = dict(
        zip(instrument.items, items.normal(0.0, model.item_spread, len(instrument.items)), strict=True)
    )
    columns = town_answers.answers(instrument, who, ease=ease, model=model, rng=answering)
    names = town_files.school_names(schools)
    sizes = np.bincount(who.school)
    not_there = absence.binomial(sizes, model.not_there / (1.0 - model.not_there))
    true = {
        scale: town_answers.true_scores(instrument, who, scale, ease=ease, model=model)
        for scale in (instrument.main_scale, "discrimination")
    }
    return Town(
        frame=_frame(who, names, columns),
        asked=dict(zip(names, (sizes + not_there).tolist(), strict=True)),
        truth=_truth(instrument, who, true, model=model, seed=seed),
    )


def write(town: Town, directory: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write the town as files that `erbij report` reads, each saying that it is made up.

    Parameters
    ----------
    town
        From `make`.
    directory
        Made where it is not there yet.
    force
        Write in a directory that already holds something; only files of the same names are replaced.

    Returns
    -------
    tuple of Path
        made-up-answers.csv, STUDY.toml, README.md and truth.json.

    Raises
    ------
    StudyError
        The directory holds something and `force` is not given, or it can't be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not force and any(directory.iterdir()):
            raise StudyError(
                "the directory is not empty",
                where=[str(directory)],
                advice="Name another one, or give --force to replace the files of the town in it.",
            )
        paths = []
        for name, content in town_files.contents(town.frame, town.asked, town.truth).items():
            (directory / name).write_bytes(content)
            paths.append(directory / name)
    except OSError as problem:
        raise StudyError(f"can't be written ({problem.strerror})", where=[str(directory)]) from problem
    return tuple(paths)


def _frame(who: Pupils, names: tuple[str, ...], columns: Mapping[str, FloatArray]) -> pl.DataFrame:
    school = [names[s] for s in who.school]
    grade = [f"{s}-{g}" for s, g in zip(school, who.grade, strict=True)]
    class_ = [f"{g}{_letters(r)}" for g, r in zip(grade, _room_in_grade(who), strict=True)]
    units = {
        "note": [town_files.MADE_UP] * who.n,
        "school": school,
        "grade": grade,
        "class": class_,
    }
    codes = {name: pl.Series(name, column).fill_nan(None).cast(pl.Int16) for name, column in columns.items()}
    return pl.DataFrame({**units, **codes})


def _room_in_grade(who: Pupils) -> IntArray:
    """Number of the class within its grade and school, from 0."""
    cohort = who.school * 100 + who.grade
    _, first = np.unique(cohort, return_index=True)
    lengths = np.diff(np.append(first, cohort.size))
    rooms: IntArray = who.class_ - np.repeat(who.class_[first], lengths)
    return rooms


def _letters(room: int) -> str:
    """Name the classes a to z, then aa, ab, ...

    >>> _letters(0), _letters(25), _letters(26)
    ('a', 'z', 'aa')
    """
    above = room // len(_ROOMS)
    return (_letters(above - 1) if above else "") + _ROOMS[room % len(_ROOMS)]


def _truth(
    instrument: Instrument, who: Pupils, true: Mapping[str, FloatArray], *, model: Model, seed: int
) -> dict[str, object]:
    belonging, line = true[instrument.main_scale], instrument.scales[instrument.main_scale].line
    is_much = true["discrimination"] > LITTLE_UP_TO
    is_majority = who.kinds["parents"] == 0
    groups: dict[str, dict[str, BoolArray]] = {
        "everyone": {"everyone": np.ones(who.n, dtype=np.bool_)},
        "treatment": {"little": ~is_much, "much": is_much},
        "origin and treatment": {
            "majority, little": is_majority & ~is_much,
            "majority, much": is_majority & is_much,
            "minority, little": ~is_majority & ~is_much,
            "minority, much": ~is_majority & is_much,
        },
    }
    for breakdown in BREAKDOWNS:
        codes = town_answers.true_codes(breakdown.column, who)
        groups[breakdown.id] = {name: np.isin(codes, own) for name, own in breakdown.groups.items()}
    schools = np.split(belonging, np.cumsum(np.bincount(who.school))[:-1])
    return {
        "note": f"{town_files.MADE_UP}: no pupil, class or school in this file exists",
        "instrument": instrument.id,
        "seed": seed,
        "schools": who.schools,
        "pupils": who.n,
        "little_up_to": LITTLE_UP_TO,
        "line": line,
        "model": asdict(model),
        "true_scores": {
            name: {group: _summary(belonging[members], line) for group, members in division.items()}
            for name, division in groups.items()
        },
        "true_scores_of_schools": {
            name: _summary(scores, line)
            for name, scores in zip(town_files.school_names(who.schools), schools, strict=True)
        },
    }


def _summary(scores: FloatArray, line: float) -> dict[str, float | int | None]:
    if not scores.size:
        return {"n": 0, "mean": None, "below": None}
    return {
        "n": int(scores.size),
        "mean": round(float(scores.mean()), 3),
        "below": round(100.0 * float((scores < line).mean()), 3),
    }
