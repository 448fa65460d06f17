"""The files of the made-up town: answers, STUDY.toml, README and truth, each saying that it is made up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from erbij.instruments import registry
from erbij.instruments.schema import Text
from erbij.studies.section import LANGUAGES
from erbij.studies.town_answers import DONT_KNOW_PARENTS, RATHER_NOT_SAY

INSTRUMENT = "erbij-pupils-10-12"
MADE_UP = "made up"
LITTLE_UP_TO = 25.0
"""On the scale of discrimination, 0 to 100: where every source acts "almost never" at most, on average."""


@dataclass(frozen=True, slots=True)
class TownBreakdown:
    """A division of the made-up pupils: column, groups with their codes, and the codes of no answer."""

    id: str
    column: str
    label: Text
    groups: Mapping[str, tuple[int, ...]]
    missing: tuple[int, ...] = (RATHER_NOT_SAY,)


def _text(nl: str, en: str, fr: str) -> Text:
    return {"nl": nl, "en": en, "fr": fr}


BREAKDOWNS = (
    TownBreakdown(
        "gender", "gender", _text("gender", "gender", "genre"), {"girl": (1,), "boy": (2,), "other": (3,)}
    ),
    TownBreakdown(
        "home-language",
        "home-languages",
        _text("taal thuis", "language at home", "langue à la maison"),
        {"school-language": (1,), "both": (2,), "other-language": (3,)},
    ),
    TownBreakdown(
        "origin",
        "parents-born",
        _text(
            "land van geboorte van de ouders", "parents' country of birth", "pays de naissance des parents"
        ),
        {"both-here": (1,), "one-elsewhere": (2,), "both-elsewhere": (3,)},
        (DONT_KNOW_PARENTS, RATHER_NOT_SAY),
    ),
    TownBreakdown(
        "born-here",
        "born-here",
        _text("eigen geboorteland", "own country of birth", "propre pays de naissance"),
        {"here": (1,), "elsewhere": (2,)},
    ),
    TownBreakdown(
        "books",
        "books",
        _text("boeken thuis", "books at home", "livres à la maison"),
        {"few": (1,), "some": (2,), "many": (3,), "very-many": (4,)},
    ),
    TownBreakdown(
        "extra-help",
        "extra-help",
        _text("extra hulp nodig", "needs extra help", "besoin d'aide en plus"),
        {"yes": (1,), "no": (2,)},
    ),
    TownBreakdown(
        "new-here",
        "new-here",
        _text("nieuw op deze school", "new at this school", "nouveau dans cette école"),
        {"yes": (1,), "no": (2,)},
    ),
)

README = """# A made-up town

**All of this is made up.** No pupil, class or school in these files exists; `erbij town` wrote them
(seed {seed}). Use them to try Erbij, never to say something about schools.

- `made-up-answers.csv`: {pupils} made-up pupils in {schools} made-up schools; {asked} were "asked".
- `STUDY.toml`: which columns are what.
- `truth.json`: the numbers that were put in, and the true means of the groups. Open it last.

    erbij report made-up-answers.csv --study STUDY.toml --out report
"""


def school_names(schools: int) -> tuple[str, ...]:
    """Name the schools so that nobody takes them for real ones.

    >>> school_names(2)
    ('made-up-school-01', 'made-up-school-02')
    """
    width = max(2, len(str(schools)))
    return tuple(f"made-up-school-{s:0{width}d}" for s in range(1, schools + 1))


def contents(frame: pl.DataFrame, asked: Mapping[str, int], truth: Mapping[str, object]) -> dict[str, bytes]:
    """The bytes of every file by its name, with line ends that do not depend on the machine."""
    readme = README.format(
        seed=truth["seed"], pupils=frame.height, schools=len(asked), asked=sum(asked.values())
    )
    texts = {
        "made-up-answers.csv": frame.write_csv(line_terminator="\n"),
        "STUDY.toml": study_toml(asked),
        "README.md": readme,
        "truth.json": json.dumps(truth, indent=1, ensure_ascii=False) + "\n",
    }
    return {name: text.encode() for name, text in texts.items()}


def study_toml(asked: Mapping[str, int]) -> str:
    """STUDY.toml of the town; the labels of the groups are those of the questionnaire."""
    title = _text("Verzonnen stad", "Made-up town", "Ville inventée")
    label = _text("oneerlijke behandeling", "unfair treatment", "traitement injuste")
    lines = [
        "# Made up: no pupil, class or school in this study exists.",
        "[study]",
        f"title = {_inline(title)}",
        f"instrument = {_quoted(INSTRUMENT)}",
        "made_up = true",
        f"attribution = {_quoted('Made up by erbij town: not one pupil in it exists')}",
        "\n[units]",
        *(f"{unit} = {_quoted(unit)}" for unit in ("school", "grade", "class")),
        "\n[asked]",
        f"all = {sum(asked.values())}",
        "\n[asked.school]",
        *(f"{_quoted(school)} = {count}" for school, count in asked.items()),
        *(line for breakdown in BREAKDOWNS for line in _breakdown(breakdown)),
        "\n[intersections]",
        'breakdowns = ["gender", "home-language", "books"]',
        "\n[discrimination]",
        'scale = "discrimination"',
        f"little_up_to = {LITTLE_UP_TO}",
        f"label = {_inline(label)}",
        'majority = { breakdown = "origin", groups = ["both-here"] }',
    ]
    return "\n".join(lines) + "\n"


def _breakdown(breakdown: TownBreakdown) -> list[str]:
    instrument = registry.load(INSTRUMENT)
    options = instrument.format_of(instrument.items[breakdown.column]).options
    labels = {option.code: {language: option.label[language] for language in LANGUAGES} for option in options}
    groups = [
        f"  {{ id = {_quoted(name)}, codes = {_listed(codes)}, label = {_inline(labels[codes[0]])} }},"
        for name, codes in breakdown.groups.items()
    ]
    return [
        f"\n[breakdowns.{breakdown.id}]",
        f"column = {_quoted(breakdown.column)}",
        f"label = {_inline(breakdown.label)}",
        f"missing = {_listed(breakdown.missing)}",
        "groups = [",
        *groups,
        "]",
    ]


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, as long as it holds no control character DEL.
    return json.dumps(text, ensure_ascii=False)


def _inline(text: Text) -> str:
    return "{ " + ", ".join(f"{language} = {_quoted(words)}" for language, words in text.items()) + " }"


def _listed(codes: Sequence[int]) -> str:
    return "[" + ", ".join(str(code) for code in codes) + "]"
