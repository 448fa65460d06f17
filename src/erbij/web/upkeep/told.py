"""What the checks found, as records and as lines to read."""

from collections.abc import Iterable

from django.core import checks
from django.core.checks import CheckMessage
from django.utils.translation import gettext as _

ERROR, WARNING, INFORMATION = "error", "warning", "information"


def findings(messages: Iterable[CheckMessage]) -> list[dict[str, str]]:
    """Give each message as `id`, `level`, `message` and `hint`."""
    return [
        {
            "id": str(each.id),
            "level": _level(each.level),
            "message": str(each.msg),
            "hint": str(each.hint or ""),
        }
        for each in messages
    ]


def _level(number: int) -> str:
    if number >= checks.ERROR:
        return ERROR
    return WARNING if number >= checks.WARNING else INFORMATION


def lines(found: list[dict[str, str]]) -> list[str]:
    """Tell it to a person, in the language that is active."""
    names = {ERROR: _("To mend"), WARNING: _("To weigh"), INFORMATION: _("To know")}
    told = []
    for each in found:
        told += [f"{names[each['level']]} ({each['id']}): {each['message']}"]
        told += [f"    {each['hint']}"] if each["hint"] else []
    wrong = sum(each["level"] == ERROR for each in found)
    if wrong:
        return [*told, _("To mend before pupils answer: %(count)d.") % {"count": wrong}]
    return [*told, _("Nothing has to be mended.")]
