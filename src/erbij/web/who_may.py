"""Who may open which address of a school or a network, read from the guards of the views themselves.

`python -m erbij.web.who_may` writes docs/who-may-what.md; a test compares the two.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PLACES = ("school/", "network/")
EXPLAINED = """# Who may what

Every address of a school and of a network, and the roles that it lets in. Written from the guards of the
pages by `python -m erbij.web.who_may`; a test compares the two, and another one asks every address as
everybody whom it keeps out. Anybody else with a role there gets 403; people of another school get 404,
as for a school that does not exist; who is not signed in is sent to the sign-in page. What a page does
further, such as only the own class of a teacher, stands with the page. `every role`: whoever has any.
`let-in-operator`: an operator whom a coordinator let in, for as long as that lasts.

| address | its path | who |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Guarded:
    """One address; `roles` is None where no guard stands before its view, and empty for every role."""

    name: str
    path: str
    view: Callable[..., Any]
    roles: tuple[str, ...] | None
    keys: tuple[str, ...]


def addresses() -> list[Guarded]:
    """Find every address below a school or a network, by path."""
    found = (each for each in _below(get_resolver(), "", ()) if each.path.startswith(PLACES))
    return sorted((each for each in found if "<" in each.path), key=lambda each: (each.path, each.name))


def _below(resolver: URLResolver, above: str, keys: tuple[str, ...]) -> Iterator[Guarded]:
    for entry in resolver.url_patterns:
        path, known = f"{above}{entry.pattern}", (*keys, *entry.pattern.converters)
        if isinstance(entry, URLPattern):
            roles = getattr(entry.callback, "roles", None)
            yield Guarded(str(entry.name), path, entry.callback, roles, known)
        else:
            yield from _below(entry, path, known)


def document() -> str:
    """Write the table of who may what."""
    rows = (f"| `{each.name}` | `/{_plain(each.path)}` | {_who(each)} |\n" for each in addresses())
    return EXPLAINED + "".join(rows)


def _plain(path: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)


def _who(address: Guarded) -> str:
    if address.roles is None:
        return "no guard"
    return ", ".join(str(role) for role in address.roles) or "every role"


if __name__ == "__main__":
    import os
    from pathlib import Path

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erbij.web.settings")
    django.setup()
    Path("docs/who-may-what.md").write_text(document(), encoding="utf-8")
