"""Making the town: people, a closed wave in every school; in the first a plan, ideas and an open wave too."""

from pathlib import Path

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from erbij.studies import town as towns
from erbij.web.demo import asking, choosing, links, people

SCALE = (len(people.SCHOOLS), 900)
"""Schools and pupils: enough for a report that shows something, few enough to wait for."""
SEED = 2
"""Of the town: its largest school has 408 pupils."""


def make_ready(*, fresh: bool = False) -> None:
    """Make the town, unless it is there; half a town, or with `fresh` any, is made anew."""
    is_new = fresh or not links.code()
    if is_new:
        _start_anew()
    call_command("prepare", verbosity=0)
    if is_new:
        fill(*SCALE)
        links.make_code()


def fill(schools: int, pupils: int) -> None:
    """Fill an empty database; outside any transaction.

    Parameters
    ----------
    schools, pupils
        As in `studies.town.make`; at most four schools.
    """
    town = towns.make(schools, pupils, seed=SEED)
    rng = np.random.default_rng(SEED)
    settled = people.settle(town)
    for school, rows in settled:
        asking.ask_and_close(school, rows, rng=rng)
    choosing.choose_and_act(settled[0][0])
    asking.ask_now(*settled[0], rng=rng)


def _start_anew() -> None:
    # Only ever the database of a folder that settings found to be a made-up town's.
    links.forget_code()
    connections.close_all()
    for database in settings.DATABASES.values():
        for end in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{end}").unlink(missing_ok=True)
