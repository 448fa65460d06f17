"""A made-up school with an open wave, and ballots sealed beforehand, in the database that the settings name.

    ERBIJ_DATA=folder python -m bench.school PLAN.json --classes 50 --size 24 --ballots 1200

PLAN.json holds the code of the wave, the words on the boards and the ballots as a tablet would send them.
"""

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

Ballot = dict[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What tablets need to know; `ballots` are `{id, wave, sealed, class}`, class after class."""

    wave: str
    words: list[str]
    ballots: list[Ballot]


def prepare(folder: Path, *, database: str, classes: int, size: int, parts: Sequence[int]) -> Plan:
    """Make tables and school in a process of their own; an empty `database` is SQLite in the folder.

    `parts`: how many ballots; within each part they come class after class.
    """
    path = folder / "plan.json"
    numbers = ("--classes", str(classes), "--size", str(size), "--ballots", *map(str, parts))
    subprocess.run(
        [sys.executable, "-m", "bench.school", str(path), *numbers],
        check=True,
        env=settings(folder, database),
    )
    return Plan(**json.loads(path.read_text()))


def settings(folder: Path, database: str) -> dict[str, str]:
    """The environment of a server whose data stand in the folder; no setting of the caller comes along."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("ERBIJ_", "DATABASE_"))
    }
    return clean | {"ERBIJ_DATA": str(folder), "DATABASE_URL": database}


def made_up(*, classes: int, size: int, parts: Sequence[int]) -> Plan:
    """Write the school with Django's models, and seal."""
    from django_scopes import scope

    from erbij.web.schools.models import Grade, School, SchoolClass
    from erbij.web.surveys import services

    school = School.objects.create(name="De Linde", slug="de-linde")
    with scope(school=school):
        grade = Grade.objects.create(school=school, name="5")
        rooms = [
            SchoolClass.objects.create(school=school, grade=grade, name=f"5-{number}", size=size)
            for number in range(1, classes + 1)
        ]
        wave, public = _open_wave(school)
        words = [services.open_session(wave=wave, school_class=room).word for room in rooms]
    codes = [code for part in parts for code in _spread([room.code for room in rooms], part)]
    ballots = [sealed(wave.code, public, code, number) for number, code in enumerate(codes)]
    return Plan(wave.code, words, ballots)


def _spread(codes: list[str], count: int) -> list[str]:
    each = -(-count // len(codes))
    return [code for code in codes for _ in range(each)][:count]


def _open_wave(school: Any) -> tuple[Any, bytes]:
    from django.conf import settings

    from erbij.web.surveys import keys, sealing, services
    from erbij.web.surveys.models import Wave

    wave = services.create_wave(school=school, title="Autumn", instrument="erbij-pupils-10-12")
    public, private = sealing.new_key_pair()
    server_key = keys.read_key_file(settings.KEY_FILE)
    wave.wrapped_key = keys.wrap(private, server_key=server_key, wave=wave.code)
    wave.public_key, wave.state = public, Wave.State.OPEN
    wave.opens_on = dt.date.today() - dt.timedelta(days=1)
    wave.closes_on = dt.date.today() + dt.timedelta(days=14)
    wave.save()
    return wave, public


def sealed(wave: str, public: bytes, class_code: str, number: int) -> Ballot:
    """One ballot as the page of a pupil sends it."""
    from erbij.web.surveys import sealing

    ballot = str(uuid4())
    answers = {"belongs-here": 1 + number % 5, "gender": 1 + number % 3}
    plain = {"v": 1, "class": class_code, "language": "nl", "minutes": "5-10", "answers": answers}
    text = sealing.seal(plain, public, wave=wave, ballot=ballot)
    return {"id": ballot, "wave": wave, "sealed": text, "class": class_code}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", type=Path)
    parser.add_argument("--classes", type=int, required=True)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--ballots", type=int, nargs="+", required=True)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erbij.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare", verbosity=0)
    plan = made_up(classes=chosen.classes, size=chosen.size, parts=chosen.ballots)
    chosen.plan.write_text(json.dumps({"wave": plan.wave, "words": plan.words, "ballots": plan.ballots}))


if __name__ == "__main__":
    main()
