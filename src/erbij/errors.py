"""One small tree of errors, one branch for each stage of the hallway.

An error names where it happened, what was found there, what is allowed and what to do.
"""

import difflib
from collections.abc import Collection, Iterable
from typing import Any

MOST_SHOWN = 12


class ErbijError(Exception):
    """Something the user can mend.

    Parameters
    ----------
    problem
        What is wrong, as a short sentence without its full stop.
    where
        File, row, column or key, most general first.
    found
        What stood there; shown as written, cut at 60 characters.
    allowed
        The values that are accepted; at most twelve are shown.
    advice
        What to do, as a sentence.
    """

    def __init__(
        self,
        problem: str,
        *,
        where: Iterable[str] = (),
        found: object = None,
        allowed: Iterable[object] = (),
        advice: str = "",
    ) -> None:
        self.where = tuple(where)
        self.problem = problem
        place = ", ".join(self.where)
        parts = [f"{place}: {problem}" if place else problem]
        if found is not None:
            parts.append(f"found {_short(found)}")
        if allowed := tuple(allowed):
            more = f" and {len(allowed) - MOST_SHOWN} more" if len(allowed) > MOST_SHOWN else ""
            parts.append("allowed: " + ", ".join(str(a) for a in allowed[:MOST_SHOWN]) + more)
        super().__init__("; ".join(parts) + "." + (f" {advice}" if advice else ""))

    def __reduce__(self) -> tuple[Any, ...]:
        # Between processes the words travel as they are: made again they would end with two full stops.
        return _as_it_was, (type(self), str(self), self.where, self.problem)


def _as_it_was(kind: type[ErbijError], words: str, where: tuple[str, ...], problem: str) -> ErbijError:
    error = kind.__new__(kind, words)
    error.where, error.problem = where, problem
    return error


def _short(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 60 else text[:57] + "..."


def did_you_mean(found: str, known: Collection[str]) -> str:
    """Name what was probably meant, as advice in an error.

    Parameters
    ----------
    found
        The name that is not known; upper and lower case count as one.
    known
        All names that are, however many.

    Returns
    -------
    str
        A sentence with at most three names, nearest first; empty where none looks like it.

    Examples
    --------
    >>> did_you_mean("Gender", ["gender", "grade"])
    'Did you mean gender?'
    >>> did_you_mean("colour", ["gender", "grade"])
    ''
    """
    by_lower = {name.lower(): name for name in known}
    # A file may have 20,000 columns, and each comparison costs: names of like length only.
    likely = [name for name in by_lower if abs(len(name) - len(found)) <= 4]
    close = difflib.get_close_matches(found.lower(), likely, n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(by_lower[name] for name in close)}?" if close else ""


class InstrumentError(ErbijError):
    """An instrument file does not say what it must."""


class StudyError(ErbijError):
    """An answer file or STUDY.toml can't be read as it stands."""


class EstimationError(ErbijError):
    """A statistic can't be computed from these numbers."""


class ProtectionError(ErbijError):
    """A policy is unknown or too loose, or a release would not be safe."""


class WaitingError(ProtectionError):
    """A release has to wait: it differs from an earlier one by so few pupils that these could be found."""


class ReportError(ErbijError):
    """A release can't be told as asked."""


class ActionError(ErbijError):
    """An opportunity, a scan, a choice or a division is not as it must be."""


class WebError(ErbijError):
    """The web application can't start or do this as it is set up."""
