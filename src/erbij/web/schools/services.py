"""Writes about schools: each one transaction, inside the scope of its school. Networks: networks.py."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from erbij.web import codes
from erbij.web.accounts import services as accounts
from erbij.web.accounts.models import Person
from erbij.web.accounts.services import Account
from erbij.web.records import acting
from erbij.web.records.services import Kind, note
from erbij.web.schools.models import Grade, Invitation, Membership, Network, School, SchoolClass
from erbij.web.schools.roles import Role

INVITATION_DAYS = 14
PURPOSE = "invitation"
Row = TypeVar("Row", Grade, SchoolClass)


@dataclass(frozen=True, slots=True)
class MadeInvitation:
    """An invitation, and its code: the only moment at which the code is known."""

    invitation: Invitation
    code: str


@transaction.atomic
def create_school(
    *, name: str, country: str, language: str, coordinator: Person | None, network: Network | None = None
) -> School:
    """Make a school with its first coordinator; without one, she still has to be invited."""
    school = School(name=name, slug=_free_slug(name), country=country, language=language, network=network)
    school.full_clean()
    school.save()
    if coordinator is not None:
        with scope(school=school):
            add_member(school=school, person=coordinator, role=Role.COORDINATOR)
    return school


@transaction.atomic
def start(
    *, account: Account, school: str, country: str, language: str, network: str = ""
) -> tuple[Person, School]:
    """Make the first person and the first school; a ValidationError once anybody has an account.

    With the name of a network that is made too, and the person leads it.
    """
    if Person.objects.exists():
        raise ValidationError(_("Somebody has an account already."))
    person = accounts.create_person(account)
    made = create_school(
        name=school,
        country=country,
        language=language,
        coordinator=person,
        network=create_network(name=network, maker=person, role=Role.NETWORK_LEAD) if network else None,
    )
    return person, made


@transaction.atomic
def create_network(*, name: str, maker: Person, role: str) -> Network:
    """Make a network; its maker leads it, or only looks after it as an operator."""
    network = Network(name=name)
    network.full_clean()
    network.save()
    add_to_network(network=network, person=maker, role=role)
    return network


@transaction.atomic
def add_to_network(*, network: Network, person: Person, role: str) -> Membership:
    """Make somebody lead of a network, and so of each of its schools; or its operator, who sees no school."""
    with scopes_disabled():
        membership, _made = Membership.objects.get_or_create(person=person, network=network, role=role)
    return membership


def add_network_lead(*, network: Network, person: Person) -> Membership:
    """Make somebody lead of a network, and so of each of its schools."""
    return add_to_network(network=network, person=person, role=Role.NETWORK_LEAD)


def _free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "school"
    taken = set(School.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    choices = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in choices if slug not in taken)


@transaction.atomic
def change_school(*, school: School, name: str, country: str, language: str) -> School:
    """Change what a school is called, where it stands and what it speaks; its address stays."""
    school.name, school.country, school.language = name, country, language
    school.full_clean()
    school.save(update_fields=["name", "country", "language"])
    note(Kind.SCHOOL_CHANGED, school=school)
    return school


@transaction.atomic
def add_grade(*, school: School, name: str) -> Grade:
    """Add a grade after the others."""
    last = Grade.objects.aggregate(last=Max("order"))["last"]
    grade = Grade(school=school, name=name.strip(), order=0 if last is None else last + 1)
    return _kept(grade, _("There is a grade called “%(name)s” already."))


@transaction.atomic
def change_grade(*, grade: Grade, name: str) -> Grade:
    """Give a grade another name."""
    grade.name = name.strip()
    return _kept(grade, _("There is a grade called “%(name)s” already."))


@transaction.atomic
def move_grade(*, grade: Grade, by: int) -> None:
    """Move a grade up (-1) or down (1) among the others; at the ends nothing happens."""
    grades = list(Grade.objects.select_for_update().order_by("order", "name"))
    place = grades.index(grade)
    to = min(max(place + by, 0), len(grades) - 1)
    grades.insert(to, grades.pop(place))
    for order, each in enumerate(grades):
        each.order = order
    Grade.objects.bulk_update(grades, ["order"])


@transaction.atomic
def remove_grade(*, grade: Grade) -> None:
    """Remove a grade that has no classes; a grade with classes is a ValidationError."""
    if SchoolClass.objects.filter(grade=grade).exists():
        raise ValidationError(_("This grade still has classes."))
    grade.delete()


@transaction.atomic
def add_class(*, grade: Grade, name: str, size: int) -> SchoolClass:
    """Add a class to a grade, with how many pupils it has."""
    school_class = SchoolClass(school_id=grade.school_id, grade=grade, name=name.strip(), size=size)
    return _kept(school_class, _("There is a class called “%(name)s” already."))


@transaction.atomic
def add_classes(*, grade: Grade, rows: list[tuple[str, int]]) -> list[SchoolClass]:
    """Add a list of classes, all or none."""
    return [add_class(grade=grade, name=name, size=size) for name, size in rows]


@transaction.atomic
def take_classes(*, school: School, rows: list[tuple[str, str, int]]) -> list[SchoolClass]:
    """Keep classes as (grade, name, size), all or none; a grade that is not there is made.

    A class of this name gets the size and stays in its grade.
    """
    return [_taken(school, grade, name=name, size=size) for grade, name, size in rows]


def _taken(school: School, grade_name: str, *, name: str, size: int) -> SchoolClass:
    here = SchoolClass.objects.filter(name__iexact=name).first()
    if here is not None:
        return change_class(school_class=here, name=here.name, size=size)
    grade = Grade.objects.filter(name__iexact=grade_name).first()
    return add_class(grade=grade or add_grade(school=school, name=grade_name), name=name, size=size)


@transaction.atomic
def change_class(*, school_class: SchoolClass, name: str, size: int) -> SchoolClass:
    """Rename a class or change its size; its code stays."""
    school_class.name, school_class.size = name.strip(), size
    return _kept(school_class, _("There is a class called “%(name)s” already."))


def _kept(row: Row, taken: str) -> Row:
    """Save a grade or a class; a name that its school has already is refused in words."""
    others = type(row)._default_manager.filter(school_id=row.school_id, name__iexact=row.name)
    if others.exclude(pk=row.pk).exists():
        raise ValidationError(taken, params={"name": row.name})
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove_class(*, school_class: SchoolClass) -> None:
    """Remove a class, with the roles of its teachers there; one that is being asked is a ValidationError."""
    code = school_class.code
    try:
        school_class.delete()
    except ProtectedError as problem:
        raise ValidationError(_("A survey is running in this class. Close that one first.")) from problem
    note(Kind.CLASS_REMOVED, school=school_class.school_id, thing=f"class:{code}")


@transaction.atomic
def add_member(
    *, school: School, person: Person, role: str, school_class: SchoolClass | None = None
) -> Membership:
    """Give somebody a role; who has it already keeps it."""
    membership, made = Membership.objects.get_or_create(
        person=person, school=school, role=role, school_class=school_class
    )
    if made:
        note(Kind.ROLE_GIVEN, school=school, thing=f"{role}:{person.pk}", who=acting.now() or person)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Take a role away; the last coordinator of a school stays (ValidationError)."""
    # Rows are read, not counted: only rows are locked, and two coordinators may remove each other at once.
    coordinators = Membership.objects.select_for_update().filter(role=Role.COORDINATOR)
    if membership.role == Role.COORDINATOR and len(coordinators.values_list("pk")) == 1:
        raise ValidationError(_("A school keeps at least one coordinator. Invite another one first."))
    if membership.school_id is not None:
        thing = f"{membership.role}:{membership.person_id}"
        note(Kind.ROLE_TAKEN, school=membership.school_id, thing=thing)
    membership.delete()


@transaction.atomic
def invite(
    *,
    school: School,
    role: str,
    email: str = "",
    school_class: SchoolClass | None = None,
    today: dt.date,
) -> MadeInvitation:
    """Make an invitation that works once and for fourteen days; only a keyed hash of its code is kept."""
    invitation = Invitation(school=school, role=role, school_class=school_class)
    note(Kind.INVITED, school=school, thing=f"role:{role}")
    return keep_invitation(invitation, email=email, today=today)


def keep_invitation(invitation: Invitation, *, email: str, today: dt.date) -> MadeInvitation:
    """Give an invitation its code, its address and its last day, and keep it; inside a transaction."""
    code = codes.new_code()
    invitation.email = email.strip().lower()
    invitation.code_hash = codes.keyed_hash(code, purpose=PURPOSE)
    invitation.expires = today + dt.timedelta(days=INVITATION_DAYS)
    invitation.full_clean()
    invitation.save()
    return MadeInvitation(invitation, code)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> None:
    """Take an invitation back: its code no longer works."""
    if invitation.school_id is not None:
        note(Kind.INVITATION_WITHDRAWN, school=invitation.school_id, thing=f"role:{invitation.role}")
    invitation.delete()


@transaction.atomic
def accept_invitation(*, code: str, person: Person, today: dt.date) -> Membership:
    """Use an invitation: the person gets the role and the code stops working.

    Raises
    ------
    ValidationError
        When the code is unknown, used or too old, or was sent to another address.
    """
    with scopes_disabled():
        # One UPDATE decides who was first: two at the same moment can't both find it unused.
        used = Invitation.objects.filter(
            code_hash=codes.keyed_hash(code, purpose=PURPOSE), is_used=False, expires__gte=today
        )
        invitation = used.select_related("school", "network", "school_class").first()
        if invitation is None or not used.update(is_used=True):
            raise ValidationError(_("This invitation does not work any more. Ask for a new one."))
        if invitation.email and invitation.email != person.email.lower():
            raise ValidationError(_("This invitation was sent to another e-mail address."))
    if invitation.school is None:
        return _accept_for_network(invitation.network, person)
    with scope(school=invitation.school):
        return add_member(
            school=invitation.school,
            person=person,
            role=invitation.role,
            school_class=invitation.school_class,
        )


def _accept_for_network(network: Network | None, person: Person) -> Membership:
    if network is None:
        raise ValidationError(_("This invitation does not work any more. Ask for a new one."))
    with scopes_disabled():
        # An operator may invite the first lead only: what else she invited ends here.
        if not Membership.objects.filter(network=network, role=Role.NETWORK_LEAD).exists():
            Invitation.objects.filter(network=network, is_used=False).delete()
    return add_network_lead(network=network, person=person)


@transaction.atomic
def join(*, code: str, account: Account, today: dt.date) -> Person:
    """Make an account and use an invitation for it; both or neither."""
    person = accounts.create_person(account)
    accept_invitation(code=code, person=person, today=today)
    return person
