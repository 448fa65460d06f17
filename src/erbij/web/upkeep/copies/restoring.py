"""The way back from a copy, into databases in which nothing is yet."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django_scopes import scopes_disabled

from erbij.errors import WebError
from erbij.web.upkeep.copies import locks, making, parcel, rows, states
from erbij.web.upkeep.copies.parcel import Parcel


def restore(*, file: Path, key: Path) -> Parcel:
    """Put a copy back, hold what stands in the databases against it, and bring the tables up to date.

    Nothing is ever overwritten. Where it stops halfway, the same copy goes into the same databases again.

    Raises
    ------
    WebError
        The copy does not open or is not whole, comes from a newer program, or something is there already.
    """
    try:
        locked = file.read_bytes()
    except OSError as problem:
        raise WebError(f"can't be read ({problem.strerror})", where=(str(file),)) from problem
    found = parcel.unpack(locks.open_with(locked, locks.identities(key)))
    for alias in making.ALIASES:
        _refuse_taken(found, alias)
    _refuse_other_keys(found)
    with scopes_disabled():
        for alias in making.ALIASES:
            _put_back(found, alias)
    _put_keys_back(found)
    for alias in making.ALIASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    return found


def _refuse_taken(found: Parcel, alias: str) -> None:
    steps = found.contents.steps[alias]
    apps = states.models_after(steps, alias)
    if states.is_without_tables(alias):
        return
    taken = WebError(
        "is not empty, and nothing is ever overwritten",
        where=(f"database {alias}",),
        advice="Name an empty folder in ERBIJ_DATA, or a database without tables.",
    )
    if states.steps_made(alias) != steps:
        raise taken  # tables of another version: nobody can say that they are empty
    with scopes_disabled():
        if not rows.is_empty(rows.tables(apps, alias), alias):
            raise taken


def _put_back(found: Parcel, alias: str) -> None:
    steps = found.contents.steps[alias]
    if states.is_without_tables(alias):
        states.change_to(steps, alias)
    apps = states.models_after(steps, alias)
    rows.fill(rows.tables(apps, alias), found.lines(alias), alias)
    _hold_against(found, making.as_files(apps, alias))


def _hold_against(found: Parcel, stored: dict[str, bytes]) -> None:
    """What stands in the tables now is what was in them then, to the byte."""
    for name, raw in stored.items():
        if parcel.digest(raw) != found.contents.digests[name]:
            raise WebError("is not what was in the copy", where=(name,))


def _refuse_other_keys(found: Parcel) -> None:
    for name, path in _key_files().items():
        raw = found.files.get(f"keys/{name}")
        if raw is not None and path.exists() and path.read_bytes() != raw:
            raise WebError(
                "another key file stands there", where=(str(path),), advice="Move it away, and restore again."
            )


def _put_keys_back(found: Parcel) -> None:
    # The secret of an empty installation was made a moment ago, and signs nothing yet.
    secret = {making.SECRET: settings.DATA / making.SECRET}
    for name, path in {**_key_files(), **secret}.items():
        raw = found.files.get(f"keys/{name}")
        if raw is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_bytes(raw)


def _key_files() -> dict[str, Any]:
    return {name: getattr(settings, setting) for name, setting in making.KEYS.items()}
