"""What the page for pupils could say of what will happen; who knows says so at its start: `propose`.

It stands in the form of a page that nobody wrote yet; a coordinator changes and approves it.
"""

from collections.abc import Callable, Iterable, Sequence

from erbij.web.results.models import ReleaseRecord

Proposal = Callable[[ReleaseRecord, str], Iterable[str]]
_PROPOSALS: list[Proposal] = []


def propose(proposal: Proposal) -> None:
    """Let an app propose lines for a release in a language; called once, when the app is ready."""
    _PROPOSALS.append(proposal)


def lines_for(record: ReleaseRecord, languages: Sequence[str], *, most: int) -> dict[str, list[str]]:
    """The proposed lines by language, at most so many; inside the scope of the school.

    Parameters
    ----------
    languages
        That of the school first. A language without lines of its own is left out.
    """
    found = {code: [line for one in _PROPOSALS for line in one(record, code)][:most] for code in languages}
    return {code: lines for code, lines in found.items() if lines}
