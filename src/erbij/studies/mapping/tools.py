"""How exports of survey tools look: LimeSurvey, Microsoft Forms, Google Forms, Qualtrics, KoboToolbox.

Written from what the makers document of their exports, as of 2026: Qualtrics has three rows of headers, the
third beginning with {"ImportId"; KoboToolbox puts groups before a name with "/"; LimeSurvey writes a code in
front of a question, or [SQ001] behind it; Google Forms writes the row of a grid between square brackets.
"""

import re
from typing import Literal

import polars as pl

from erbij.studies.answer_labels import plain

Tool = Literal["limesurvey", "microsoft-forms", "google-forms", "qualtrics", "kobotoolbox", "unknown"]

OF_TOOLS: dict[Tool, tuple[str, ...]] = {
    "qualtrics": ("responseid", "startdate", "recordeddate"),
    "kobotoolbox": ("_id", "_uuid", "_submission_time"),
    "limesurvey": ("submitdate", "lastpage", "startlanguage"),
    "microsoft-forms": ("id", "start time", "completion time"),
    "google-forms": ("timestamp",),
}
_ALSO: dict[str, str] = {
    **dict.fromkeys(("begintijd", "starttijd", "heure de début", "start time"), "start time"),
    **dict.fromkeys(("tijd van voltooien", "voltooiingstijd", "heure de fin"), "completion time"),
    **dict.fromkeys(("tijdstempel", "horodateur"), "timestamp"),
    **dict.fromkeys(("id", "id."), "id"),
    **dict.fromkeys(("date submitted", "datum ingezonden", "date de soumission"), "submitdate"),
    **dict.fromkeys(("last page", "laatste pagina", "dernière page"), "lastpage"),
    **dict.fromkeys(("start language", "begintaal", "langue de départ"), "startlanguage"),
}
ABOUT_A_PERSON = re.compile(
    r"""(?x) \b( e-?mail\w* | courriel | mail | (first|last|given|family|full|user|sur)?\ ?name | naam |
    voornaam | achternaam | familienaam | nom | prénom | prenom | ip\ ?adres\w* | ipadd?r\w* | adresse\ ip |
    recipient\w* | phone | telefoon\w* | téléphone | birth\ ?date | geboortedatum | date\ de\ naissance |
    eckid | rijksregister\w* | location(latitude|longitude) | _geolocation | deviceid | username )\b"""
)
ABOUT_TIME = re.compile(
    r"""(?x) \b( start\ ?(time|date) | end\ ?(time|date) | completion\ time | recorded\ ?date | timestamp |
    tijdstempel | horodateur | submit\ ?date | date\ ?stamp | start | end | today | duration.* |
    interview\ ?time | .*_submission_time | begintijd | heure\ de.* | last\ modified.* )\b"""
)
OF_THE_TOOL = re.compile(
    r"""(?x) ( id | response\ ?id | _?uuid | _id | _index | _parent.* | _tags | _notes | _status |
    __version__ |    _submitted_by | _validation_status | formhub.* | meta/.* |
    last\ ?page | start\ ?language | seed | token |
    status | progress | finished | distribution\ ?channel | user\ ?language | external.* | refurl |
    q_[a-z]{4,} |    points.* |
    feedback.* | score )"""
)
_EMAIL = r"^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$"
_IP = r"^(\d{1,3}\.){3}\d{1,3}$"
_TIME = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}|^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}[ ,]+\d{1,2}:\d{2}"


def tool_of(names: tuple[str, ...]) -> Tool:
    """Which tool wrote a file, by the names of its columns."""
    known = {_ALSO.get(plain(name), plain(name)) for name in names}
    return next((tool for tool, marks in OF_TOOLS.items() if {*marks} <= known), "unknown")


def rows_of_header(tool: Tool, frame: pl.DataFrame) -> int:
    """How many rows after the first are header too: two in Qualtrics."""
    if tool != "qualtrics" or frame.height < 2:
        return 0
    second = frame.row(1)
    return 2 if any(str(cell).startswith('{"ImportId"') for cell in second) else 0


def why_left_out(name: str, values: pl.Series) -> str:
    """Why a column is left out: `person`, `time` or `tool`; "" where it may be an answer."""
    bare = plain(name.rpartition("/")[2] or name)
    if OF_THE_TOOL.fullmatch(plain(name)) or OF_THE_TOOL.fullmatch(bare):
        return "tool"
    if ABOUT_TIME.fullmatch(bare) or _most(values, _TIME):
        return "time"
    if ABOUT_A_PERSON.fullmatch(bare) or _most(values, _EMAIL) or _most(values, _IP):
        return "person"
    if ABOUT_A_PERSON.search(bare) and len(bare) <= 30:
        return "person"
    return ""


def is_an_answer(name: str) -> bool:
    """Whether the name of a column is what a pupil has: an e-mail address, a place on the net, a moment."""
    return any(re.match(pattern, name.strip()) for pattern in (_EMAIL, _IP, _TIME))


def _most(values: pl.Series, pattern: str) -> bool:
    if values.dtype in (pl.Datetime, pl.Date, pl.Time, pl.Duration):
        return pattern == _TIME
    if values.dtype != pl.String:
        return False
    words = values.drop_nulls().str.strip_chars()
    return words.len() > 0 and words.str.contains(pattern).sum() > 0.2 * words.len()


def asked_in(name: str) -> tuple[str, ...]:
    """The ways to read the name of a column as a question or a code, the most exact first.

    >>> asked_in("school/accepted")
    ('school/accepted', 'accepted')
    >>> asked_in("Q3. At school [I belong here]")
    ('Q3. At school [I belong here]', 'I belong here', 'At school [I belong here]', 'Q3')
    """
    ways = [name]
    if (row := re.search(r"\[([^\[\]]+)\]\s*$", name)) is not None:
        ways.append(row[1])
    if "/" in name and " " not in name:
        ways.append(name.rpartition("/")[2])
    if (numbered := re.match(r"^[A-Za-z]*\d+[.):]\s+(.+)$", name)) is not None:
        ways.append(numbered[1])
    if (before := re.match(r"^[A-Za-z][\w-]*[.:]\s+(.+)$", name)) is not None:
        ways.append(before[1])
        ways.append(name[: before.start(1)].strip(" .:"))
    return tuple(dict.fromkeys(ways))
