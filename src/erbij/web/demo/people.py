"""Who works in the made-up town: a network, its schools with their classes, and somebody in every role."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from django_scopes import scope

from erbij.studies.town import Town
from erbij.web.accounts.models import Person
from erbij.web.schools import services
from erbij.web.schools.models import Network, School, SchoolClass
from erbij.web.schools.roles import Role

NETWORK = "Verzonnen stad"


@dataclass(frozen=True, slots=True)
class Place:
    """A school: its name says that it is made up, `address` is the domain of its people."""

    name: str
    slug: str
    language: str
    coordinator: str
    adults: tuple[str, str]


SCHOOLS = (
    Place(
        "Verzonnen school De Linde",
        "verzonnen-school-de-linde",
        "nl",
        "Noor Peeters",
        ("Juf An", "Meester Karim"),
    ),
    Place("Verzonnen school De Beuk", "verzonnen-school-de-beuk", "nl", "Wim Claes", ("Juf Els", "Juf Fien")),
    Place("École inventée du Tilleul", "ecole-inventee-du-tilleul", "fr", "Amina Roy", ("Léa", "Hugo")),
    Place(
        "Verzonnen school De Es",
        "verzonnen-school-de-es",
        "nl",
        "Bram Maes",
        ("Juf Rosa", "Meester Tim"),
    ),
)
"""The largest first: that is the one to look at."""

CAST: Mapping[str, str] = {
    Role.COORDINATOR: SCHOOLS[0].coordinator,
    Role.NETWORK_LEAD: "Hilde Wouters",
    Role.TEAM_MEMBER: "Tom Aerts",
    Role.TEACHER: "Juf Sara",
    Role.COUNCIL_GUIDE: "Yasin Demir",
    Role.HELP_ADULT: SCHOOLS[0].adults[0],
    Role.OPERATOR: "Lies Jacobs",
}
"""The people as whom a visitor can sign in, at the first school."""


def email_of(role: str) -> str:
    """Give the address of somebody of the cast; nobody receives anything under `.example` (RFC 2606)."""
    return f"{role}@{SCHOOLS[0].slug}.example"


def settle(town: Town) -> list[tuple[School, pl.DataFrame]]:
    """People the town.

    Parameters
    ----------
    town
        With at most as many schools as have a name here.

    Returns
    -------
    list
        The schools, the largest first, each with the rows of its pupils.
    """
    network = Network.objects.create(name=NETWORK)
    rows = sorted(town.frame.partition_by("school", maintain_order=True), key=lambda part: -part.height)
    found = []
    for place, part in zip(SCHOOLS[: len(rows)], rows, strict=True):
        asked = town.asked[str(part["school"][0])]
        found.append((_school(place, part, network=network, asked=asked), part))
    _cast(found[0][0], network)
    return found


def _school(place: Place, rows: pl.DataFrame, *, network: Network, asked: int) -> School:
    who = _person(place.coordinator, f"{Role.COORDINATOR}@{place.slug}.example", place.language)
    school = services.create_school(
        name=place.name, country="BE", language=place.language, coordinator=who, network=network
    )
    with scope(school=school):
        _classes(school, rows, asked=asked)
        for number, name in enumerate(place.adults):
            stem = Role.HELP_ADULT + ("" if number == 0 else f"-{number + 1}")
            adult = _person(name, f"{stem}@{place.slug}.example", place.language)
            services.add_member(school=school, person=adult, role=Role.HELP_ADULT)
    return school


def _classes(school: School, rows: pl.DataFrame, *, asked: int) -> None:
    """Grades and classes as the answers name them; who was not there counts in the size of a class."""
    sizes = dict(rows.group_by("class", maintain_order=True).len().iter_rows())
    away, extra = divmod(asked - rows.height, len(sizes))
    grades = {}
    for place, (class_, size) in enumerate(sizes.items()):
        name = class_name(class_)
        grade = name[:-1]
        if grade not in grades:
            grades[grade] = services.add_grade(school=school, name=grade)
        services.add_class(grade=grades[grade], name=name, size=size + away + (place < extra))


def class_name(class_: str) -> str:
    """Name a class of the town as a school does.

    >>> class_name("made-up-school-04-5a")
    '5A'
    """
    return class_.rpartition("-")[2].upper()


def _cast(school: School, network: Network) -> None:
    """The people of the first school who are not there yet."""
    with scope(school=school):
        for role, name in CAST.items():
            if role in (Role.COORDINATOR, Role.HELP_ADULT):
                continue
            who = _person(name, email_of(role), school.language)
            if role == Role.NETWORK_LEAD:
                services.add_network_lead(network=network, person=who)
                continue
            own = SchoolClass.objects.first() if role == Role.TEACHER else None
            services.add_member(school=school, person=who, role=role, school_class=own)


def _person(name: str, email: str, language: str) -> Person:
    # Without a password: only a link of the demo lets anybody in.
    return Person.objects.create_user(email, None, name=name, language=language)
