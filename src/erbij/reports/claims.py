"""What research says of belonging: each claim with its source, its design, and whether we read it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from erbij.errors import ReportError
from erbij.instruments.schema import Text
from erbij.reports.words import LANGUAGES, Words

BLOCKS = ("psychological", "social", "academic", "lacking", "systemic")
STATUS = ("read", "cited")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `country` is empty and `doi` absent where we do not know them."""

    id: str
    block: str
    status: str
    source: str
    design: Text
    text: Text
    country: Text
    doi: str


@dataclass(frozen=True, slots=True)
class Told:
    """A claim in one language; `status` is a sentence, `link` empty without a DOI."""

    text: str
    source: str
    design: str
    country: str
    status: str
    link: str
    is_read: bool

    @property
    def origin(self) -> str:
        """Where it comes from, on one line."""
        return " · ".join(part for part in (self.source, self.design, self.country, self.status) if part)


@cache
def claims() -> tuple[Claim, ...]:
    """All claims, in the order of the file."""
    text = resources.files("erbij.reports").joinpath("claims.toml").read_text("utf-8")
    return tuple(parse(entry) for entry in tomllib.loads(text)["claim"])


def told(words: Words) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """The claims of each block under its heading."""
    return tuple(
        (words.say(f"why-{block}"), tuple(_told(claim, words) for claim in claims() if claim.block == block))
        for block in BLOCKS
    )


def parse(entry: Mapping[str, Any]) -> Claim:
    """Read one claim.

    Raises
    ------
    ReportError
        It has no source, no design, no words in some language, or a block or status that we do not know.
    """
    name = str(entry.get("id", "?"))
    for key, allowed in (("block", BLOCKS), ("status", STATUS)):
        if entry.get(key) not in allowed:
            raise ReportError(f"the {key} of a claim", where=(name,), found=entry.get(key), allowed=allowed)
    if not str(entry.get("source", "")).strip():
        raise ReportError("a claim has no source", where=(name,))
    for key in ("text", "design"):
        if missing := [language for language in LANGUAGES if not entry.get(key, {}).get(language)]:
            raise ReportError(f"a claim lacks its {key}", where=(name,), found=missing)
    known = {"country": {}, "doi": ""} | dict(entry)
    return Claim(**known)


def _told(claim: Claim, words: Words) -> Told:
    return Told(
        text=claim.text[words.language],
        source=claim.source,
        design=claim.design[words.language],
        country=claim.country.get(words.language, ""),
        status=words.say(f"why-status-{claim.status}"),
        link=f"https://doi.org/{claim.doi}" if claim.doi else "",
        is_read=claim.status == "read",
    )
