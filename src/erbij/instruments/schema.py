"""The shape of an instrument: what is asked, in which words, and how it becomes a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Text = Mapping[str, str]
"""The same words per language code (`nl`, `en`, `fr`); empty where the text is not ours to ship."""

Status = Literal["validated", "not-validated", "key-only"]
TranslationStatus = Literal["reviewed", "machine, not reviewed"]
FormatType = Literal["rating", "one-of", "several"]
ScaleKind = Literal["belonging", "overall", "discrimination", "opportunity", "outcome", "trust", "conditions"]
Facet = Literal[
    "acceptance",
    "appreciation",
    "inclusion",
    "support",
    "autonomy",
    "individual",
    "participation",
    "identity",
]
Source = Literal["teachers", "peers", "school"]
Context = Literal["class", "playground", "school", "activities", "home"]
Audience = Literal["pupils", "parents", "staff"]
"""Who answers. Parents and staff are asked what mirrors the pupils' part of the same facet or opportunity."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be picked: the code in the answer file and its label."""

    code: int | str
    label: Text


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """How an item is answered.

    `rating`: ordered options with integer codes, evenly spaced, lowest first; `one-of`: one unordered
    option; `several`: any number of options, one 0/1 column `ITEM.CODE` for each in an answer file.
    """

    id: str
    type: FormatType
    options: tuple[Option, ...]
    missing_codes: tuple[int, ...] = ()

    @property
    def codes(self) -> tuple[int | str, ...]:
        """The codes that an answer file may hold."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `reversed` means that a high code says little of the scale.

    `label` names in a few words what a background question divides pupils by.
    """

    id: str
    format: str
    text: Text
    scale: str | None = None
    facet: Facet | None = None
    source: Source | None = None
    context: Context | None = None
    reversed: bool = False
    special_category: bool = False
    on: bool = True
    why: Text | None = None
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that make one score from 0 to 100.

    `line` is the declared line for the share below; `high_is_good` tells how to read the score.
    `items` holds the ids of all items whose `scale` this is, or, for a part of the main scale, of those
    with the facet, source or context in `part`.
    """

    id: str
    kind: ScaleKind
    label: Text
    items: tuple[str, ...]
    line: float = 50.0
    high_is_good: bool = True
    opportunity: str | None = None
    domain: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire or a key to one."""

    id: str
    version: str
    status: Status
    title: Text
    source: str
    licence: str
    ages: str
    main_scale: str
    formats: Mapping[str, AnswerFormat]
    items: Mapping[str, Item]
    scales: Mapping[str, Scale]
    translations: Mapping[str, TranslationStatus]
    min_share_answered: float = 0.8
    audience: Audience = "pupils"

    def items_of(self, scale_id: str) -> tuple[Item, ...]:
        """The items of a scale, in the order of the questionnaire."""
        return tuple(self.items[i] for i in self.scales[scale_id].items)

    def format_of(self, item: Item) -> AnswerFormat:
        """How this item is answered."""
        return self.formats[item.format]
