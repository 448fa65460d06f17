"""Choosing: what waits for a choice first, then what was chosen."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.actions.decisions import Decision
from erbij.actions.signals import Signal
from erbij.web.plans import looking_back, queries, services, telling
from erbij.web.plans.forms import ChoiceForm
from erbij.web.plans.queries import Plan
from erbij.web.plans.roles import SEE
from erbij.web.plans.telling import DecisionTold
from erbij.web.plans.views import found
from erbij.web.results import queries as results
from erbij.web.results.models import ReleaseRecord
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS

FIRST = 4
"""Offers that stand open on a page; more would be a catalogue, and those that fit best come first."""


@for_roles(*SEE)
def choices(request: SchoolRequest) -> HttpResponse:
    """The plan of the school."""
    plan = found.plan_for(request)
    told = _told(request, plan, (*plan.open, *plan.taken))
    context = {
        "open": [one for one in told if one.is_open],
        "taken": [one for one in told if not one.is_open],
        "settled": [(one, _sentence(plan, one.signal)) for one in plan.settled],
        "has_results": bool(plan.records),
        "may_manage": found.may_manage(request),
    }
    return render(request, "plans/choices.html", context)


@for_roles(*SEE)
def decision(request: SchoolRequest, signal: str) -> HttpResponse:
    """One finding: what it says and costs, what was chosen, and what could be done."""
    plan = found.plan_for(request)
    found.decision_or_404(plan, signal)
    return render(request, "plans/decision.html", _context(request, plan, signal, None))


@require_POST
@for_roles(*MANAGERS)
def choose(request: SchoolRequest, signal: str) -> HttpResponse:
    """Keep a choice; where somebody chose meanwhile, show that first."""
    plan = found.plan_for(request)
    found.decision_or_404(plan, signal)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return render(request, "plans/decision.html", _context(request, plan, signal, form), status=422)
    kept = services.choose(
        school=request.school,
        wave=plan.records[-1].wave,
        answer=form.answer(signal),
        person=request.user,
        today=found.today(),
    )
    if kept:
        messages.success(request, _("Your choice is kept."))
    else:
        messages.error(request, _("Somebody else chose meanwhile. Nothing of yours was kept: look first."))
    return redirect("decision", school=request.school.slug, signal=signal)


def _context(request: SchoolRequest, plan: Plan, signal: str, form: ChoiceForm | None) -> dict[str, object]:
    decided, record = found.decision_or_404(plan, signal), plan.record_with(signal)
    (told,) = _told(request, plan, (decided,))
    offers = _offers(request, plan, record, decided.signal) if record else []
    return {
        "told": told,
        "record": record,
        "offers": offers[:FIRST],
        "more": offers[FIRST:],
        "form": form or ChoiceForm(initial={"seen": told.seen}),
        "history": [one for one in reversed(plan.choices) if one.signal == signal],
        "may_manage": found.may_manage(request),
        "may_plan": found.may_manage(request) and told.choice is not None and told.choice.kind == "act",
    }


def _offers(
    request: SchoolRequest, plan: Plan, record: ReleaseRecord, signal: Signal
) -> list[telling.OfferTold]:
    """What fits, each with what the school saw of it itself."""
    words = found.words()
    past = queries.past_of(request.school.pk)
    looked = looking_back.at(plan, found.actions_for(request, plan), words, past=past)
    own = looking_back.own_evidence(looked)
    offers = telling.offers(results.release_of(record), signal, words)
    return [replace(one, own=own.get(one.id, ())) for one in offers]


def _told(request: SchoolRequest, plan: Plan, decided: tuple[Decision, ...]) -> tuple[DecisionTold, ...]:
    actions = found.actions_for(request, plan)
    words, today = found.words(), found.today()
    return tuple(telling.decision_of(plan, one, words, today=today, actions=actions) for one in decided)


def _sentence(plan: Plan, signal: str) -> str:
    shown = plan.signal(signal)
    return telling.finding(shown, found.words()) if shown else ""
