"""One small tree of errors, one branch for each stage of the hallway.

An error names where it happened, what was found there, what is allowed and what to do.
"""

from collections.abc import Iterable

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
        place = ", ".join(self.where)
        parts = [f"{place}: {problem}" if place else problem]
        if found is not None:
            parts.append(f"found {_short(found)}")
        if allowed := tuple(allowed):
            more = f" and {len(allowed) - MOST_SHOWN} more" if len(allowed) > MOST_SHOWN else ""
            parts.append("allowed: " + ", ".join(str(a) for a in allowed[:MOST_SHOWN]) + more)
        super().__init__("; ".join(parts) + "." + (f" {advice}" if advice else ""))


def _short(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 60 else text[:57] + "..."


class InstrumentError(ErbijError):
    """An instrument file does not say what it must."""


class StudyError(ErbijError):
    """An answer file or STUDY.toml can't be read as it stands."""


class EstimationError(ErbijError):
    """A statistic can't be computed from these numbers."""


class ProtectionError(ErbijError):
    """A policy is unknown or too loose, or a release would not be safe."""


class ReportError(ErbijError):
    """A release can't be told as asked."""
