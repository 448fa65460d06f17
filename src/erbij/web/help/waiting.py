"""The line on every page of a school: somebody waits. A context processor of the templates."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django_scopes import scope

from erbij.web.help import queries
from erbij.web.schools.roles import MANAGERS, Role
from erbij.web.surveys import keys

log = logging.getLogger(__name__)


def line(request: HttpRequest) -> dict[str, object]:
    """Give the templates what waits; one query where nothing does, none for who may not know."""
    school = getattr(request, "school", None)
    roles: frozenset[str] = getattr(request, "roles", frozenset())
    if school is None or not roles & {Role.HELP_ADULT, *MANAGERS}:
        return {}
    try:
        with scope(school=school):
            return {"help_line": _line(request, school, roles)}
    except (keys.KeyFileError, DatabaseError) as problem:
        # A page of the team must open, whatever is wrong with this store; its own page says so.
        log.error("the help channel is shut: %s", type(problem).__name__)
        return {"help_line": {"is_adult": Role.HELP_ADULT in roles}}


def _line(request: Any, school: Any, roles: frozenset[str]) -> dict[str, object]:
    is_adult = Role.HELP_ADULT in roles
    return {
        "is_adult": is_adult,
        "waits": is_adult and queries.waits_for(request.user),
        "late": queries.late(school) if roles & set(MANAGERS) else [],
    }
