"""What the inspectorate of the Netherlands reads of a school's safety monitor, out of its release.

Dutch schools find out once a school year how safe pupils feel, how often that is harmed, and how they are
(article 4c WPO, 3b WVO, 5a WEC; Staatsblad 2020, 209). The inspectorate looks at the average of each, of all
pupils of a school. This is those averages and nothing else, made from the release, never from answers.
"""

from collections.abc import Iterator

import polars as pl

from erbij.errors import ReportError
from erbij.privacy.release import Release, ScaleCard
from erbij.reports.words import Words
from erbij.studies.safe_csv import to_csv

SUBJECTS = {"safety": ("safe",), "harm": ("bullied", "discrimination"), "well-being": ("mood",)}
"""What the decree names, and the scales of the own questionnaires that are about it."""
SCALES = tuple(scale for scales in SUBJECTS.values() for scale in scales)
NOTES = ("averages", "delivery", "validated", "made-up")
COLUMNS = pl.Schema(
    {
        **dict.fromkeys(("school", "subject", "about"), pl.String()),
        **dict.fromkeys(("value", "low", "high"), pl.Float64()),
        "pupils": pl.Int64(),
        "better": pl.String(),
        "state": pl.String(),
    }
)

Row = dict[str, str | float | int | None]


def is_asked(release: Release) -> bool:
    """Whether pupils were asked anything that the monitor is about."""
    return release.card.instrument.audience == "pupils" and any(
        scale.id in SCALES for scale in release.card.scales
    )


def write(release: Release, language: str) -> bytes:
    """The averages as csv, a row for each scale and then what this is not.

    Parameters
    ----------
    release
        Of pupils. A study of several schools has rows for each of them.
    language
        Of the words; numbers are from 0 to 100, empty where they are withheld or were not asked.

    Raises
    ------
    ReportError
        Others than pupils were asked, or nothing that the monitor is about.
    """
    if not is_asked(release):
        raise ReportError("asked nothing that the safety monitor is about", allowed=SCALES)
    words = Words(language)
    empty: Row = dict.fromkeys(COLUMNS)
    rows = [empty | row for row in (*_averages(release, words), *_notes(release, words))]
    return to_csv(pl.DataFrame(rows, schema=COLUMNS, orient="row"))


def _averages(release: Release, words: Words) -> Iterator[Row]:
    whole = release.cells.filter(pl.col("breakdown").cast(pl.String) == "everyone")
    level = "school" if (whole["level"].cast(pl.String) == "school").any() else "all"
    whole = whole.filter(pl.col("level").cast(pl.String) == level)
    known = {scale.id: scale for scale in release.card.scales}
    for unit in whole["unit"].cast(pl.String).unique(maintain_order=True):
        school = unit if level == "school" else ""
        cells = {row["measure"]: row for row in whole.iter_rows(named=True) if row["unit"] == unit}
        yield {"school": school, "subject": words.say("monitor-response")} | _of(cells.get("response"), words)
        for subject, scale in ((subject, scale) for subject, scales in SUBJECTS.items() for scale in scales):
            about = {"school": school, "subject": words.say(f"monitor-{subject}")}
            named = _named(known.get(scale), scale, words)
            yield about | named | _of(cells.get(f"mean:{scale}"), words)


def _of(cell: Row | None, words: Words) -> Row:
    numbers = {name: cell[name] if cell else None for name in ("value", "low", "high")}
    state = str(cell["status"]) if cell else "not-asked"
    return {
        **numbers,
        "pupils": cell["n"] if cell else None,
        "state": words.say(f"monitor-state-{state}"),
    }


def _named(card: ScaleCard | None, scale: str, words: Words) -> Row:
    if card is None:
        return {"about": scale}
    better = words.say(f"monitor-better-{'high' if card.high_is_good else 'low'}")
    return {"about": words.label(card.label, scale), "better": better}


def _notes(release: Release, words: Words) -> Iterator[Row]:
    card = release.card
    left_out = {"validated"} if card.instrument.status == "validated" else set()
    left_out |= set() if card.source.is_made_up else {"made-up"}
    for note in (note for note in NOTES if note not in left_out):
        yield {"subject": words.say("monitor-note"), "about": words.say(f"monitor-note-{note}")}
