"""Reads of the surveys app. A list of what is read stands in one place: nothing else asks the database."""

import hashlib
from collections.abc import Iterable, Mapping

from django.db.models import Sum
from django_scopes import scopes_disabled

from erbij.web.accounts.models import Person
from erbij.web.schools.models import Membership, School, SchoolClass
from erbij.web.schools.roles import Role
from erbij.web.surveys import bands, words
from erbij.web.surveys.arrivals import SPARE
from erbij.web.surveys.bands import Band
from erbij.web.surveys.models import Card, ClassSession, HelpAdult, Tally, Wave


def waves_of(school_id: int) -> list[Wave]:
    """The waves of a school, newest first; needs its scope."""
    return list(Wave.objects.filter(school_id=school_id).order_by("-pk"))


def waves_by_school(schools: Iterable[School]) -> list[tuple[School, list[Wave]]]:
    """The waves of several schools, newest first, for who leads them together; outside any scope."""
    schools = list(schools)
    found: dict[int, list[Wave]] = {school.pk: [] for school in schools}
    with scopes_disabled():
        for each in Wave.objects.filter(school__in=schools).order_by("-pk"):
            found[each.school_id].append(each)
    return [(school, found[school.pk]) for school in schools]


def wave(school_id: int, code: str) -> Wave | None:
    """One wave of a school; needs its scope."""
    return Wave.objects.filter(school_id=school_id, code=code).first()


def open_session(word: str) -> ClassSession | None:
    """The class session that a pupil means by a word, with its wave and class; None where none is open.

    Outside any scope: a pupil who types a word is of no school yet.
    """
    typed = words.as_typed(word)
    if not typed.isprintable():
        return None  # the database would not take such signs, not even in a question
    with scopes_disabled():
        found: ClassSession | None = (
            ClassSession.objects.select_related("wave__school", "school_class")
            .filter(word=typed, is_open=True, wave__state=Wave.State.OPEN)
            .first()
        )
    return found


def card(digest: str) -> Card | None:
    """A card with its wave and school.

    Outside any scope: a card says neither school nor class.
    """
    with scopes_disabled():
        found: Card | None = Card.objects.select_related("wave__school").filter(pk=digest).first()
    return found


def sessions_of(asked: Wave) -> list[ClassSession]:
    """The open class sessions of a wave."""
    found = ClassSession.objects.filter(wave=asked, is_open=True)
    return list(found.select_related("school_class").order_by("pk"))


def open_link(asked: Wave) -> ClassSession | None:
    """The open link of a wave for parents or staff."""
    return ClassSession.objects.filter(wave=asked, is_open=True, school_class=None).first()


def session_of(asked: Wave, school_class: SchoolClass) -> ClassSession | None:
    """The open session of a class."""
    return ClassSession.objects.filter(wave=asked, is_open=True, school_class=school_class).first()


def classes_of(school_id: int) -> list[SchoolClass]:
    """The classes of a school in their order."""
    return list(SchoolClass.objects.filter(school_id=school_id).select_related("grade"))


def pupils_of(school_id: int) -> int:
    """How many pupils the classes of a school have together."""
    return SchoolClass.objects.filter(school_id=school_id).aggregate(pupils=Sum("size"))["pupils"] or 0


def classes_taught(person: Person) -> set[int]:
    """The classes of which somebody is teacher, by primary key; needs the scope of a school."""
    mine = Membership.objects.filter(person=person, role=Role.TEACHER).exclude(school_class=None)
    return set(mine.values_list("school_class", flat=True))


def help_adults_of(asked: Wave) -> list[HelpAdult]:
    """Who is asked to be there for pupils, confirmed or not."""
    found = HelpAdult.objects.filter(wave=asked)
    return list(found.select_related("membership__person").order_by("pk"))


def possible_help_adults(school_id: int) -> list[Membership]:
    """The members of a school whom a coordinator may ask."""
    found = Membership.objects.filter(school_id=school_id, role=Role.HELP_ADULT)
    return list(found.select_related("person").order_by("person__name"))


def bands_of(asked: Wave) -> list[tuple[SchoolClass, Band]]:
    """For each class the band in which its number of ballots lies."""
    counts = counts_of(asked)
    classes = classes_of(asked.school_id)
    return [(each, bands.count_band(counts.get(each.code, 0), each.size)) for each in classes]


def band_of(asked: Wave, school_class: SchoolClass) -> Band:
    """The band of one class."""
    return bands.count_band(counts_of(asked).get(school_class.code, 0), school_class.size)


def band_of_invited(asked: Wave) -> Band:
    """The band of all ballots of a wave without classes, against those invited."""
    return bands.count_band(total_of(asked), asked.invited)


def counts_of(asked: Wave) -> Mapping[str, int]:
    """Ballots per class code. Exact: only for closing and for bands, never for a page."""
    return dict(Tally.objects.filter(wave=asked).values_list("class_code", "count"))


def total_of(asked: Wave) -> int:
    """Ballots of the wave. Exact: never for a page."""
    return Tally.objects.filter(wave=asked).aggregate(total=Sum("count"))["total"] or 0


def is_full(asked: Wave, school_class: SchoolClass) -> bool:
    """Whether a class takes no more ballots. With cards the deck is the limit, not the class."""
    if asked.with_cards:
        return False
    return counts_of(asked).get(school_class.code, 0) >= school_class.size + SPARE


def decks_of(asked: Wave) -> list[tuple[SchoolClass, str]]:
    """Each class with the mark of its deck, empty where none was made."""
    return [(each, mark_of_deck(asked, each.code)) for each in classes_of(asked.school_id)]


def mark_of_deck(asked: Wave, class_code: str) -> str:
    """A short mark of the deck of a class, the same until another one is made; empty without a deck.

    Of all its cards, used or not: it does not tell how many answered.
    """
    digests = Card.objects.filter(wave=asked, class_code=class_code).order_by("digest")
    found = "".join(digests.values_list("digest", flat=True))
    return hashlib.sha256(found.encode()).hexdigest()[:16] if found else ""


def class_of(school_id: int, class_code: str) -> SchoolClass | None:
    """One class of a school."""
    return SchoolClass.objects.filter(school_id=school_id, code=class_code).first()


def teaches(person: Person, school_class: SchoolClass) -> bool:
    """Whether somebody is teacher of this class."""
    return school_class.pk in classes_taught(person)


def memberships_of(person: Person) -> list[Membership]:
    """The roles of somebody at the school of the scope."""
    return list(Membership.objects.filter(person=person))


def asked_to_help(person: Person) -> list[HelpAdult]:
    """The waves of the school of the scope in which somebody is asked to be there for pupils.

    Also of a closed wave where the answer is still to come: pupils who asked to talk may be waiting.
    """
    mine = HelpAdult.objects.filter(membership__person=person)
    mine = mine.exclude(wave__state=Wave.State.CLOSED, is_confirmed=True)
    return list(mine.select_related("wave").order_by("-wave_id"))
