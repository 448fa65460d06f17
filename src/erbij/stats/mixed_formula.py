"""The formula of a mixed model: "y ~ x + (1 + x | school)", as R's lme4 reads it.

``(x | g)`` has an intercept, ``(1 + x || g)`` takes apart what varies independently, ``(1 | a/b)`` is
``(1 | a) + (1 | b:a)``, and ``(1 | a:b)`` groups by the combinations of both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from formulaic import Formula
from formulaic.errors import FormulaicError

from erbij.errors import EstimationError

OPENING, CLOSING = "([{", ")]}"
ALLOWED = ["outcome ~ predictors + (1 + slope | group)"]


@dataclass(frozen=True, slots=True)
class RandomTerm:
    """Random columns, as the right side of a formula, over the combinations of `group`'s variables."""

    columns: str
    group: tuple[str, ...]

    @property
    def factor(self) -> str:
        """The name of the grouping factor, such as ``class:school``."""
        return ":".join(self.group)


@dataclass(frozen=True, slots=True)
class MixedFormula:
    """The outcome, the fixed part as the right side of a formula, and the random terms."""

    outcome: str
    fixed: str
    random: tuple[RandomTerm, ...]


def parse(text: str) -> MixedFormula:
    """Read a formula.

    Raises
    ------
    EstimationError
        No outcome, a bracket or random term that can't be read, or no random term at all.

    Examples
    --------
    >>> parse("y ~ x + (1 + x | school/class)").random
    (RandomTerm(columns='1 + x', group=('school',)), RandomTerm(columns='1 + x', group=('class', 'school')))
    >>> [term.columns for term in parse("y ~ 1 + (1 + x || g)").random]
    ['1', '0 + x']
    """
    outcome, tilde, right = (part.strip() for part in text.partition("~"))
    if not tilde or not outcome or not right or "~" in right:
        raise EstimationError("a formula needs one outcome", found=text, allowed=ALLOWED)
    fixed: list[str] = []
    random: list[RandomTerm] = []
    for sign, part in _split(right, text):
        terms = list(_random(part, text))
        if terms and sign == "-":
            raise EstimationError("a random term can't be taken away", found=part, where=["formula"])
        random += terms
        if not terms:
            fixed.append(f"{sign} {part}")
    if not random:
        advice = "Without one, `erbij survey-regress` fits a regression."
        raise EstimationError("the formula has no random term", found=text, allowed=ALLOWED, advice=advice)
    return MixedFormula(outcome, " ".join(fixed).removeprefix("+ ") or "1", tuple(dict.fromkeys(random)))


def _split(text: str, whole: str, at: str = "+-") -> list[tuple[str, str]]:
    """The parts between signs outside brackets, each with its sign."""
    parts, depth, sign, start = [], 0, "+", 0
    for i, letter in enumerate(text):
        depth += (letter in OPENING) - (letter in CLOSING)
        if depth < 0:
            break
        if depth == 0 and letter in at:
            parts.append((sign, text[start:i].strip()))
            sign, start = letter, i + 1
    if depth != 0:
        raise EstimationError("a bracket is open or closed too often", found=whole, where=["formula"])
    parts.append((sign, text[start:].strip()))
    if any(not part for _, part in parts[1:]):
        raise EstimationError("a sign without a term", found=whole, where=["formula"])
    return [(sign, part) for sign, part in parts if part]


def _random(part: str, whole: str) -> Iterator[RandomTerm]:
    """The random terms in one part of a formula; none where it is a fixed term."""
    if "|" not in part:
        return
    if not (part.startswith("(") and part.endswith(")")):
        raise EstimationError("a random term stands in brackets", found=part, allowed=["(1 | group)"])
    inside = part[1:-1].strip()
    halves = [half for _, half in _split(inside.replace("||", "|"), whole, at="|")]
    if len(halves) == 1:
        yield from _bracketed(inside, whole)
        return
    if len(halves) != 2:
        raise EstimationError("a random term has one bar or two", found=part, allowed=["(1 | group)"])
    for group in _groups(halves[1]):
        for columns in _columns(halves[0], is_apart="||" in inside):
            yield RandomTerm(columns, group)


def _bracketed(inside: str, whole: str) -> Iterator[RandomTerm]:
    """Random terms in a bracket of their own: ``((1 | g) + (0 + x | g))``."""
    for _, piece in _split(inside, whole):
        if "|" not in piece:
            raise EstimationError("fixed and random terms in one bracket", found=inside, where=["formula"])
        yield from _random(piece, whole)


def _groups(text: str) -> list[tuple[str, ...]]:
    """``a/b`` is a, and b within a; ``a:b`` the combinations; ``a + b`` one after the other."""
    found = []
    for piece in text.strip("() ").split("+"):
        within: tuple[str, ...] = ()
        for level in piece.split("/"):
            names = tuple(name.strip().strip("`") for name in level.split(":"))
            if not all(names):
                raise EstimationError("a grouping factor has no name", found=text, where=["formula"])
            within = (*names, *within)
            found.append(within)
    return found


def _columns(text: str, *, is_apart: bool) -> list[str]:
    try:
        terms = list(Formula(text))
    except (FormulaicError, SyntaxError, ValueError, TypeError) as error:
        raise EstimationError("a random term can't be read", found=text, where=["formula"]) from error
    if not terms:
        raise EstimationError("a random term without columns", found=text, where=["formula"])
    if not is_apart:
        return [text]
    return ["1" if str(term) == "1" else f"0 + {term}" for term in terms]
