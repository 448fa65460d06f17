"""Signed files of schools that a network takes together: whose keys count, and which file of a school."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from erbij.errors import ProtectionError, StudyError
from erbij.privacy import signature
from erbij.privacy.signature import Signed


def keys_in(path: Path) -> dict[str, str]:
    """The public keys of schools, by their names, in a TOML file with `[schools]`."""
    try:
        found: Any = tomllib.loads(path.read_text("utf-8")).get("schools")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StudyError("is no TOML", where=(str(path),), found=str(error)) from error
    if not isinstance(found, dict) or not found:
        raise StudyError("has no [schools] with their keys", where=(str(path),))
    for school, key in found.items():
        if not signature.is_key(key):
            advice = "It is what `erbij sums-key` prints."
            raise StudyError("is no public key", where=(str(path), school), found=str(key), advice=advice)
    if len({*found.values()}) < len(found):
        raise StudyError("two schools have the same key", where=(str(path),))
    return found


def newest(texts: Mapping[Path, str], keys: Mapping[str, str], since: dt.date | None) -> dict[Path, str]:
    """The sums of each school, by their files: the newest where there are more, so that none counts twice."""
    found: dict[str, tuple[Signed, Path]] = {}
    for path, text in texts.items():
        try:
            signed = signature.read(text, keys)
        except ProtectionError as error:
            raise StudyError(str(error).rstrip("."), where=(str(path),)) from error
        _check_day(signed, since, path)
        before = found.get(signed.school)
        found[signed.school] = _newer(before, (signed, path)) if before else (signed, path)
    return {path: signed.text for signed, path in found.values()}


def _check_day(signed: Signed, since: dt.date | None, path: Path) -> None:
    if since is not None and signed.on < since:
        raise StudyError(
            "was made too long ago",
            where=(str(path),),
            found=signed.on,
            allowed=[f"from {since} on"],
            advice="Ask the school for sums of its last survey.",
        )


def _newer(one: tuple[Signed, Path], other: tuple[Signed, Path]) -> tuple[Signed, Path]:
    kept, left = (one, other) if one[0].on >= other[0].on else (other, one)
    if kept[0].on == left[0].on and kept[0].text != left[0].text:
        raise StudyError(
            "two files of one school and one day say something else",
            where=(str(kept[1]), str(left[1])),
            found=kept[0].school,
            advice="Give the one that counts.",
        )
    click.echo(f"{left[1]} of {left[0].school} does not count: {kept[1]} does", err=True)
    return kept
