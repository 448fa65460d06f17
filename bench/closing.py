"""From closing a wave to every page and the report on paper: how long a coordinator waits.

    python -m bench.closing [--pupils 1200] [--times 5]

One made-up school in a folder of its own, its ballots sealed and handed in beforehand. Pages are asked of the
application itself, in Dutch and without a network between; "cold" is in a process that has told nothing yet,
"warm" the median of later ones. There is no rival: beside each time stands the time that was asked for.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLOSING = 20.0  # seconds, with all pages and the PDF
PAGE = 0.2  # seconds of the server


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def made_up(pupils: int) -> Any:
    """A school with an open wave in which everybody handed in."""
    import numpy as np
    from django.core.management import call_command

    from erbij.studies import town
    from erbij.web.demo import asking, people

    call_command("prepare", verbosity=0)
    ((school, rows),) = people.settle(town.make(1, pupils, seed=1))
    return asking.ask(school, rows, rng=np.random.default_rng(1))


def close(wave: Any) -> tuple[float, int]:
    """How long closing takes, and how often it told how far it was."""
    from erbij.web.results import services

    told: list[tuple[Any, ...]] = []
    took = seconds(lambda: services.close_wave(wave=wave, progress=lambda *step: told.append(step)))
    return took, len(told)


def pages(wave: Any, times: int) -> dict[str, tuple[float, float]]:
    """For each page the time in a process that has told nothing yet, and the median of later ones."""
    from django.test import Client

    from erbij.reports import pages as six
    from erbij.reports.charts import drawing
    from erbij.web.accounts.models import Person
    from erbij.web.results import telling

    client = Client()
    client.force_login(Person.objects.get(email=f"coordinator@{wave.school.slug}.example"))
    above = f"/school/{wave.school.slug}/results/{wave.code}/"
    names = ["", *(f"{question}/" for question in six.QUESTIONS), "why/", "pupils/", "report.pdf"]
    found = {}
    for name in names:
        for kept in (telling._told, drawing.draw):
            kept.cache_clear()
        took = [seconds(lambda name=name: _ask(client, above + name)) for _ in range(times + 1)]
        found[name or "overview"] = took[0], statistics.median(took[1:])
    return found


def _ask(client: Any, address: str) -> None:
    answer = client.get(address, HTTP_HOST="localhost")
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pupils", type=int, default=1200)
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ERBIJ_DATA": str(Path(folder) / "data"), "ERBIJ_DEMO": "1", "DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "erbij.web.settings"
        import django

        django.setup()
        wave = made_up(chosen.pupils)
        closing, told = close(wave)
        found = pages(wave, chosen.times)
    print(f"closing {chosen.pupils} pupils: {closing:.1f} s, told {told} times how far it was")
    for name, (first, later) in found.items():
        print(f"{name:<16} cold {first:.3f} s, warm {later:.3f} s ({later / PAGE:.2f} of what was asked)")
    every = closing + sum(first for first, _later in found.values())
    print(f"closing, every page and the PDF: {every:.1f} s ({every / CLOSING:.2f} of what was asked)")


if __name__ == "__main__":
    main()
