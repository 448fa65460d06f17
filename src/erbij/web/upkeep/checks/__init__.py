"""What can be wrong with an installation, each with its id, what is wrong and what to do.

To add one: a function in the module of its place that yields messages, and its line in `ALL`. An error has
to be mended before pupils answer, a warning is for the operator to weigh, and information says what could
not be looked at from here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage

from erbij.web.upkeep.checks import backups, database, files, machine, reach

TAG = "setup"
ALL: dict[str, Callable[[], Iterator[CheckMessage]]] = {
    "erbij.debug": reach.debug,
    "erbij.hosts": reach.hosts,
    "erbij.https": reach.https,
    "erbij.mail": reach.mail,
    "erbij.second-step": reach.second_step,
    "erbij.folder": files.folder,
    "erbij.keys": files.keys_readable,
    "erbij.keys-apart": files.keys_apart,
    "erbij.disk": machine.disk,
    "erbij.clock": machine.clock,
    "erbij.ticking": machine.ticking,
    "erbij.database": database.answers,
    "erbij.version": database.version,
    "erbij.sqlite": database.sqlite,
    "erbij.postgresql": database.postgresql,
    "erbij.mixed": database.mixed,
    "erbij.backups": backups.recent,
}
"""Every check by its id; docs/install.md has the same list."""


def register() -> None:
    """Hand the checks to Django, for `--deploy` only: they look at disks and servers."""
    for number, check in enumerate(ALL.values()):
        checks.register(_as_django_wants(check, number), TAG, deploy=True)


def _as_django_wants(check: Callable[[], Iterator[CheckMessage]], number: int) -> Any:
    def run(**_named: Any) -> list[CheckMessage]:
        return list(check())

    run.__name__ = f"setup_{number}"
    return run


def found() -> list[CheckMessage]:
    """All that is wrong, the worst first; in the language that is active.

    Django's own checks of models and addresses count as well.
    """
    own = checks.run_checks(tags=[TAG], include_deployment_checks=True)
    others = [message for message in checks.run_checks() if message.level >= checks.ERROR]
    # Django gives them in any order.
    order = {name: number for number, name in enumerate(ALL)}
    return sorted([*own, *others], key=lambda each: (-each.level, order.get(str(each.id), -1), each.msg))
