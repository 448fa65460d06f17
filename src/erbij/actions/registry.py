"""The opportunities that come with Erbij, in the order of the field."""

from functools import cache
from importlib.resources import as_file, files

from erbij.actions.opportunity import Action, Opportunity
from erbij.actions.reading import read
from erbij.errors import ActionError
from erbij.instruments.reading import OPPORTUNITIES

_FOLDER = files("erbij.actions") / "opportunities"


@cache
def opportunities() -> tuple[Opportunity, ...]:
    """All five.

    Raises
    ------
    ActionError
        An action on pupils goes with no action that changes the school, or two actions share an id.

    Examples
    --------
    >>> [one.id for one in opportunities()]
    ['teams', 'curriculum', 'welcome', 'environment', 'co-creation']
    """
    with as_file(_FOLDER) as folder:
        found = tuple(read(folder / f"{name}.toml") for name in OPPORTUNITIES)
    check_together([action for one in found for action in one.actions.values()])
    return found


@cache
def actions() -> dict[str, Action]:
    """Every action of all opportunities, by id.

    >>> actions()["identity-lessons"].with_
    ('whose-stories', 'rules-of-recognition')
    """
    return {action.id: action for one in opportunities() for action in one.actions.values()}


def check_together(found: list[Action]) -> None:
    """Refuse a shared id, and an action on pupils whose companions do not change the school."""
    by_id = {action.id: action for action in found}
    if len(by_id) < len(found):
        raise ActionError("two actions share an id", found=sorted(action.id for action in found))
    affording = [action.id for action in found if action.changes == "school"]
    for action in found:
        for companion in action.with_:
            if companion not in affording:
                where = (f"action {action.id}", "with")
                raise ActionError(
                    "is no action that changes the school", where=where, found=companion, allowed=affording
                )
