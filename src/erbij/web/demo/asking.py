"""What was asked in the made-up town: ballots are sealed, counted, opened and destroyed as everywhere."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl
from django_scopes import scope

from erbij.instruments.schema import Instrument
from erbij.studies import town_files
from erbij.web.demo.people import class_name
from erbij.web.results import services as results
from erbij.web.schools.models import School
from erbij.web.surveys import queries, sealing, services
from erbij.web.surveys.models import Wave

TITLES = {"nl": ("Herfst", "Lente"), "fr": ("Automne", "Printemps")}
"""The wave that was closed and the one that is open."""
DAYS = 120
"""How long the open wave stays open."""
ALSO = ("extra-help", "new-here")
"""Questions that a school has to switch on, and that this town answered."""
MINUTES = ("5-10", "10-20")

Answers = dict[str, int | str | list[int | str]]


def ask_and_close(school: School, rows: pl.DataFrame, *, rng: np.random.Generator) -> Wave:
    """Hold a wave from the first ballot to the release; `rows` as in `ask`."""
    wave = ask(school, rows, rng=rng)
    results.close_wave(wave=wave)
    return wave


def ask(school: School, rows: pl.DataFrame, *, rng: np.random.Generator) -> Wave:
    """Hold a wave until every ballot is in, and leave it open.

    Parameters
    ----------
    rows
        A row for each pupil, as in `Town.frame`.
    """
    with scope(school=school):
        wave = _opened(school, title=0, also=ALSO)
        _hand_in(wave, rows, rng=rng)
    return wave


def ask_now(school: School, rows: pl.DataFrame, *, rng: np.random.Generator) -> Wave:
    """Open a wave in which one class has answered and the first one has its word on the board."""
    with scope(school=school):
        wave = _opened(school, title=1)
        first, second = queries.classes_of(school.pk)[:2]
        is_second = pl.col("class").map_elements(class_name, return_dtype=pl.String) == second.name
        _hand_in(wave, rows.filter(is_second), rng=rng)
        services.open_session(wave=wave, school_class=first)
    return wave


def _opened(school: School, *, title: int, also: tuple[str, ...] = ()) -> Wave:
    today = dt.date.today()
    wave = services.create_wave(
        school=school,
        title=TITLES[school.language][title],
        instrument=town_files.INSTRUMENT,
        opens_on=today,
        closes_on=today + dt.timedelta(days=DAYS),
    )
    services.choose_items(wave=wave, on=[*wave.items_on, *also], reasons=_reasons(wave, also))
    adults = queries.possible_help_adults(school.pk)
    services.choose_help_adults(wave=wave, members=adults)
    for adult in adults:
        services.confirm_help_adult(wave=wave, member=adult)
    services.open_wave(wave=wave)
    return Wave.objects.get(pk=wave.pk)


def _reasons(wave: Wave, also: tuple[str, ...]) -> Mapping[str, str]:
    language = wave.school.language
    why = {item: (wave.instrument.items[item].why or {}).get(language, "") for item in also}
    return {**wave.reasons, **why}


def _hand_in(wave: Wave, rows: pl.DataFrame, *, rng: np.random.Generator) -> None:
    codes = {each.name: each.code for each in queries.classes_of(wave.school_id)}
    public = bytes(wave.public_key)
    for row in rows.iter_rows(named=True):
        class_code = codes[class_name(row["class"])]
        ballot = str(uuid.uuid4())
        plain = {
            "v": 1,
            "class": class_code,
            "language": _language(wave, row, rng),
            "minutes": str(rng.choice(MINUTES)),
            "answers": dict(_answers(wave, row)),
        }
        sealed = sealing.seal(plain, public, wave=wave.code, ballot=ballot)
        services.accept_ballot(id=ballot, wave=wave.code, sealed=sealed, class_code=class_code)


def _language(wave: Wave, row: Mapping[str, object], rng: np.random.Generator) -> str:
    speaks_another = row["home-languages"] in (2, 3) and rng.random() < 0.3
    return str(rng.choice(wave.languages)) if speaks_another else wave.school.language


def _answers(wave: Wave, row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What a pupil of the town picked, of the questions that are on; null is a skipped one."""
    instrument: Instrument = wave.instrument
    for item in wave.items_on:
        form = instrument.format_of(instrument.items[item])
        if form.type == "several":
            picked = [code for code in form.codes if row.get(f"{item}.{code}") == 1]
            if picked:
                yield item, picked
        elif (code := row.get(item)) is not None:
            yield item, code
