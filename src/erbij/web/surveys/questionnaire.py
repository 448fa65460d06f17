"""From an instrument to what the pupil's page shows, and from a filled-in form to answers; no Django here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from erbij.errors import InstrumentError
from erbij.instruments.schema import AnswerFormat, FormatType, Instrument, Item, Option
from erbij.web.surveys import pupil_words

NOT_SAID = "not-said"
NOTHING = ""
"""The value of "I'd rather not say" where the format has no code for it: the item stays absent."""
JARS = ("none", "some", "many")
_ALONE = ("none", NOT_SAID)
"""Codes of a `several` item that can't stand beside another."""

Answer = int | str | list[int | str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on the page: its value in the form, its label, and how full its circle is (0 to 100).

    `picture`: for the youngest a jar in place of the circle, with `none`, `some` or `many` marbles.
    """

    value: str
    label: str
    fill: int | None = None
    picture: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether it can't stand beside another answer."""
        return self.value in _ALONE


@dataclass(frozen=True, slots=True)
class Question:
    """One page: a question, its answers, and the value that stands for "I'd rather not say"."""

    id: str
    number: int
    type: FormatType
    text: str
    why: str
    choices: tuple[Choice, ...]
    not_said: str

    @property
    def is_for_the_youngest(self) -> bool:
        """Three answers stand side by side, each with a large picture."""
        return self.type == "rating" and len(self.choices) == 3


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All questions in one language."""

    language: str
    title: str
    questions: tuple[Question, ...]

    @property
    def has_jars(self) -> bool:
        """Whether the page needs the pictures of the youngest."""
        return any(question.is_for_the_youngest for question in self.questions)


def items_asked(instrument: Instrument, items_on: Sequence[str] | None = None) -> tuple[Item, ...]:
    """The items that are asked, in the order of the instrument.

    Parameters
    ----------
    instrument
        What is asked.
    items_on
        Ids of the items that are on, in any order; None: those that the instrument has on.

    Raises
    ------
    InstrumentError
        Where an id is not in the instrument.
    """
    if items_on is None:
        return tuple(item for item in instrument.items.values() if item.on)
    if unknown := sorted(set(items_on) - set(instrument.items)):
        raise InstrumentError(
            "unknown item", where=(instrument.id,), found=unknown[0], allowed=instrument.items
        )
    return tuple(item for item in instrument.items.values() if item.id in set(items_on))


def languages(instrument: Instrument, items_on: Sequence[str] | None = None) -> tuple[str, ...]:
    """The languages in which every question, every answer and the page itself have words.

    Examples
    --------
    >>> from erbij.instruments import registry
    >>> languages(registry.load("erbij-pupils-8-9"))[:3]
    ('nl', 'en', 'fr')
    >>> languages(registry.load("pssm"))
    ()
    """
    asked = items_asked(instrument, items_on)
    texts = [item.text for item in asked]
    texts += [option.label for item in asked for option in instrument.format_of(item).options]
    return tuple(code for code in pupil_words.languages() if asked and all(code in text for text in texts))


def questionnaire(
    instrument: Instrument, language: str, *, items_on: Sequence[str] | None = None
) -> Questionnaire:
    """Everything that is asked, in one language.

    Parameters
    ----------
    instrument
        What is asked.
    language
        One of `languages(instrument, items_on)`.
    items_on
        As in `items_asked`.

    Raises
    ------
    InstrumentError
        Where an item is unknown or has no words in this language.

    Examples
    --------
    >>> from erbij.instruments import registry
    >>> asked = questionnaire(registry.load("erbij-pupils-8-9"), "en", items_on=["accepted-by-peers"])
    >>> [choice.label for choice in asked.questions[0].choices]
    ['no', 'a bit', 'yes']
    """
    known = languages(instrument, items_on)
    if language not in known:
        raise InstrumentError(
            "no words in this language", where=(instrument.id,), found=language, allowed=known
        )
    asked = enumerate(items_asked(instrument, items_on), start=1)
    questions = tuple(_question(instrument, item, language, number=number) for number, item in asked)
    return Questionnaire(language, instrument.title.get(language, ""), questions)


def _question(instrument: Instrument, item: Item, language: str, *, number: int) -> Question:
    form = instrument.format_of(item)
    not_said = _not_said(form)
    choices = tuple(
        Choice(str(option.code), option.label[language], fill, picture)
        for option, fill, picture in zip(form.options, _fills(form), _pictures(form), strict=True)
        if option is not not_said
    )
    return Question(
        id=item.id,
        number=number,
        type=form.type,
        text=item.text[language],
        why=(item.why or {}).get(language, ""),
        choices=choices,
        not_said=str(not_said.code) if not_said else NOTHING,
    )


def _not_said(form: AnswerFormat) -> Option | None:
    if form.type == "rating":
        return None
    return next((option for option in form.options if _says_nothing(option)), None)


def _says_nothing(option: Option) -> bool:
    # An instrument does not mark this option; its words are those of the page's own button.
    return option.code == NOT_SAID or any(
        _plain(label) == _plain(pupil_words.words(language)["not_said"])
        for language, label in option.label.items()
        if language in pupil_words.languages()
    )


def _plain(label: str) -> str:
    return label.casefold().replace("\u2019", "'").strip(" .")


def _fills(form: AnswerFormat) -> list[int | None]:
    if form.type != "rating":
        return [None] * len(form.options)
    # `rating` options come lowest first; fifths would look unequal, quarters do not.
    return [round(100 * rank / (len(form.options) - 1)) for rank in range(len(form.options))]


def _pictures(form: AnswerFormat) -> Sequence[str]:
    # The three answers of the youngest: amounts, so that they suit "a bit" and "sometimes" alike.
    return JARS if form.type == "rating" and len(form.options) == len(JARS) else [""] * len(form.options)


def answers(
    instrument: Instrument, form: Mapping[str, Sequence[str]], *, items_on: Sequence[str] | None = None
) -> dict[str, Answer]:
    """Read the answers from a filled-in form, as they go into a ballot.

    Parameters
    ----------
    instrument
        What was asked.
    form
        Per item id the values that were sent; a value that the format does not know counts as not
        answered, and so does an item that was not asked.
    items_on
        As in `items_asked`.

    Returns
    -------
    dict
        Per answered item its code, or for a `several` item its codes in the order of the format. An
        item without an answer is absent.

    Examples
    --------
    >>> from erbij.instruments import registry
    >>> answers(registry.load("erbij-pupils-8-9"), {"accepted-by-peers": ["3"], "gender": [""]})
    {'accepted-by-peers': 3}
    """
    given: dict[str, Answer] = {}
    for item in items_asked(instrument, items_on):
        answer_format = instrument.format_of(item)
        sent = set(form.get(item.id, ()))
        codes = [code for code in answer_format.codes if str(code) in sent]
        if codes:
            given[item.id] = _together(codes) if answer_format.type == "several" else codes[0]
    return given


def _together(codes: list[int | str]) -> list[int | str]:
    alone: list[int | str] = [code for code in codes if code in _ALONE]
    return alone[-1:] or codes
