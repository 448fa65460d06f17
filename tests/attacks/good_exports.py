"""Exports of answers as survey tools write them: made-up pupils, whose names must not come through."""

import csv
import io
import json
from random import Random

import openpyxl
from good_files import NAME

from erbij.instruments import registry
from erbij.instruments.schema import Instrument, Item

PUPILS = 40
Rows = list[list[str]]


def asked(instrument: Instrument) -> list[Item]:
    """The questions with one answer each."""
    return [item for item in instrument.items.values() if instrument.format_of(item).type != "several"]


def answers(instrument: Instrument, seed: int = 1) -> list[dict[str, int]]:
    """The code of each pupil's answer, place by place the same for every tool."""
    random = Random(seed)  # noqa: S311 - made up
    places = {item.id: len(instrument.format_of(item).options) for item in asked(instrument)}
    return [{item: random.randrange(n) for item, n in places.items()} for _ in range(PUPILS)]


def _label(instrument: Instrument, item: Item, place: int, language: str) -> str:
    return instrument.format_of(item).options[place].label[language]


def _code(instrument: Instrument, item: Item, place: int) -> str:
    return str(instrument.format_of(item).options[place].code)


def _rows(
    instrument: Instrument, language: str, before: list[list[str]], *, with_labels: bool = True
) -> Rows:
    say = (
        (lambda i, p: _label(instrument, i, p, language))
        if with_labels
        else (lambda i, p: _code(instrument, i, p))
    )
    return [
        [
            *before[n % len(before)],
            "3A" if n % 2 else "3B",
            *(say(item, given[item.id]) for item in asked(instrument)),
        ]
        for n, given in enumerate(answers(instrument))
    ]


def _csv(rows: Rows, delimiter: str = ",") -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return kept.getvalue().encode()


def google(instrument: Instrument, language: str = "nl") -> bytes:
    head = ["Tijdstempel", "E-mailadres", "Klas", *(item.text[language] for item in asked(instrument))]
    before = [["2026/05/01 9:00:00 a.m. CET", f"an.{NAME}@school.example"]]
    return _csv([head, *_rows(instrument, language, before)])


def microsoft(instrument: Instrument, language: str = "fr") -> bytes:
    book = openpyxl.Workbook()
    head = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Classe"]
    fixed = [item.text[language].replace(" ", "\u00a0") for item in asked(instrument)]
    before = [["1", "5/1/2026 9:00", "5/1/2026 9:09", "anonymous", f"An {NAME}"]]
    for row in [[*head, *fixed], *_rows(instrument, language, before)]:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def qualtrics(instrument: Instrument, language: str = "en") -> bytes:
    head = ["StartDate", "EndDate", "IPAddress", "ResponseId", "RecipientLastName", "RecordedDate", "Q1"]
    head += [f"Q{place}" for place in range(2, 2 + len(asked(instrument)))]
    said = ["Start Date", "End Date", "IP Address", "Response ID", "Recipient Last Name", "Recorded Date"]
    said += ["Which class are you in?", *(item.text[language] for item in asked(instrument))]
    ids = [json.dumps({"ImportId": name}, separators=(",", ":")) for name in head]
    before = [["2026-05-01 09:00:00", "2026-05-01 09:10:00", "192.0.2.7", "R_1", NAME, "2026-05-01 09:10:01"]]
    return _csv([head, said, ids, *_rows(instrument, language, before)])


def kobo(instrument: Instrument, language: str = "en") -> bytes:
    head = [
        "start",
        "end",
        "about/name",
        "class",
        *(f"part/{item.id.replace('-', '_')}" for item in asked(instrument)),
    ]
    head += ["_id", "_uuid", "_submission_time"]
    before = [["2026-05-01T09:00:00.000+02:00", "2026-05-01T09:08:00.000+02:00", f"An {NAME}"]]
    rows = _rows(instrument, language, before, with_labels=False)
    return _csv([head, *([*row, str(n), f"u-{n}", "2026-05-01T07:08:00"] for n, row in enumerate(rows))], ";")


def limesurvey(instrument: Instrument, language: str = "de") -> bytes:
    head = ["id", "submitdate", "lastpage", "startlanguage", "seed", "ipaddr", "KLAS. Klasse"]
    head += [f"Q{n}[SQ00{n}]. {item.text[language]}" for n, item in enumerate(asked(instrument))]
    before = [["1", "2026-05-01 09:00:00", "3", language, "88", "192.0.2.9"]]
    rows = _rows(instrument, language, before)
    for row, given in zip(rows, answers(instrument), strict=True):
        row[7:] = [f"A{given[item.id] + 1}" for item in asked(instrument)]
    return _csv([head, *rows])


def all_of(instrument: str) -> dict[str, tuple[str, bytes]]:
    chosen = registry.load(instrument)
    return {
        "google-forms": ("google.csv", google(chosen)),
        "microsoft-forms": ("microsoft.xlsx", microsoft(chosen)),
        "qualtrics": ("qualtrics.csv", qualtrics(chosen)),
        "kobotoolbox": ("kobo.csv", kobo(chosen)),
        "limesurvey": ("lime.csv", limesurvey(chosen)),
    }


EXPORTS = all_of("erbij-pupils-10-12")
