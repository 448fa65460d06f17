"""What the first school of the made-up town chose and does: choices, two actions, and ideas of pupils."""

import datetime as dt
import uuid

from django.utils import timezone
from django_scopes import scope

from erbij.actions import fitting
from erbij.web.accounts.models import Person
from erbij.web.ideas import handing_in, sorting
from erbij.web.ideas import queries as ideas
from erbij.web.ideas import services as rounds
from erbij.web.ideas.models import Round
from erbij.web.plans import queries, services
from erbij.web.plans.models import Choice, PlannedAction
from erbij.web.plans.queries import Plan
from erbij.web.plans.services import Answer, Facts, Step, Wanted
from erbij.web.records import acting
from erbij.web.results import queries as results
from erbij.web.results import services as telling
from erbij.web.results.models import PupilsPage, ReleaseRecord
from erbij.web.schools.models import Membership, School, SchoolClass
from erbij.web.schools.roles import Role

CHOSEN = (
    (Choice.Kind.ACT, "Hier beginnen we mee: het gaat om veel leerlingen."),
    (Choice.Kind.LOOK_CLOSER, "We vragen eerst de leerlingenraad wat zij zien."),
)
"""What was chosen about the first findings; all others wait."""
STEP = Step(
    did="Besproken in het team, en twee leerlingen gevraagd mee te denken.",
    saw="Iedereen wil beginnen, niet iedereen weet nog hoe.",
    next="Volgende week proberen we het in een klas.",
)
HEARD = "Na de vakantie beginnen we met wat jullie het belangrijkst vonden."
QUESTION = "Wat zou maken dat iedereen erbij hoort?"
IDEAS = (
    ("Een bank op de speelplaats voor wie niemand heeft om mee te spelen", "yes", "De bank komt er."),
    ("Boeken in alle talen die wij thuis spreken", "later", "Eerst vragen we de bibliotheek."),
    ("Geen huiswerk meer", "no", "Huiswerk blijft; we zoeken wie kan helpen."),
)
"""Title, answer and why."""
PUPILS = 12
WEEKS = (1, 3)
"""From now until each of the two actions starts."""


def choose_and_act(school: School) -> None:
    """Choose after the closed wave of a school, plan, and answer ideas; outside any transaction."""
    with scope(school=school):
        coordinator, teacher = _holder(Role.COORDINATOR), _holder(Role.TEACHER)
        with acting.by(coordinator):
            plan = queries.plan_of(school.pk)
            _choose(school, plan, coordinator)
            _act(school, plan, (coordinator, teacher))
            _ask_for_ideas(plan.records[-1])


def _holder(role: str) -> Person:
    found: Person = Membership.objects.select_related("person").filter(role=role).order_by("pk")[0].person
    return found


def _choose(school: School, plan: Plan, person: Person) -> None:
    for decision, (kind, reason) in zip(plan.open, CHOSEN, strict=False):
        services.choose(
            school=school,
            wave=plan.records[-1].wave,
            answer=Answer(decision.id, kind, reason, 0),
            person=person,
            today=timezone.localdate(),
        )


def _act(school: School, plan: Plan, owners: tuple[Person, Person]) -> None:
    """Plan the two actions of the school that fit the first finding best, one of them in two classes."""
    signal, today = plan.open[0].signal, timezone.localdate()
    offers = fitting.offers(results.release_of(plan.records[-1]), signal)
    fit = [one.action.id for one in offers if one.action.changes == "school"]
    classes = tuple(SchoolClass.objects.order_by("name").values_list("name", flat=True)[:2])
    places = ((PlannedAction.Level.SCHOOL, ()), (PlannedAction.Level.CLASS, classes))
    for name, owner, (level, where), weeks in zip(fit, owners, places, WEEKS, strict=False):
        start = today + dt.timedelta(weeks=weeks)
        facts = Facts(owner, level, where, start, start + PlannedAction.EIGHT_WEEKS)
        made = services.plan(school=school, wanted=Wanted(signal.id, name), facts=facts, today=today)
        services.note(planned=made, step=STEP, person=owner, today=today)


def _ask_for_ideas(record: ReleaseRecord) -> None:
    """Hold a round without a vote, from the first idea to answers that pupils can read."""
    telling.write_pupils_page(record=record, lines={"nl": [HEARD]}, is_approved=True)
    asked = rounds.open_round(
        page=PupilsPage.objects.get(record=record),
        question=QUESTION,
        until=timezone.localdate() + dt.timedelta(weeks=1),
        pupils=PUPILS,
        who=Round.Who.COUNCIL,
    )
    for title, _verdict, _why in IDEAS:
        handing_in.propose(asked=asked, token=str(uuid.uuid4()), text=title)
    rounds.stop_proposing(asked=asked)
    asked.refresh_from_db()
    for idea in ideas.ideas_of(asked):
        sorting.let_through(idea=idea, title=idea.text, cost=None)
    rounds.answer_without_vote(asked=asked)
    asked.refresh_from_db()
    answers = {title: (verdict, why) for title, verdict, why in IDEAS}
    for idea in ideas.ideas_of(asked):
        verdict, why = answers[idea.title]
        sorting.answer(idea=idea, verdict=verdict, why=why, by=None)
    rounds.tell(asked=asked, is_told=True)
