"""Looking back: what changed where an action ran, and what to do next."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.web.plans import class_names, looking_back, queries, services
from erbij.web.plans.class_names import Pair
from erbij.web.plans.forms import NamesForm
from erbij.web.plans.queries import Plan
from erbij.web.plans.roles import SEE
from erbij.web.plans.views import found
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS


@for_roles(*SEE)
def look_back(request: SchoolRequest) -> HttpResponse:
    """All actions, each with what was seen of it or could be."""
    return render(request, "plans/look_back.html", _context(request, found.plan_for(request)))


@require_POST
@for_roles(*MANAGERS)
def name_classes(request: SchoolRequest, earlier: str, later: str) -> HttpResponse:
    """Keep what the classes of a survey are called in the next one."""
    plan = found.plan_for(request)
    codes = (earlier, later)
    pair = next((one for one in _pairs(request, plan) if codes == _codes(one)), None)
    if pair is None:
        raise Http404
    form = NamesForm(request.POST, pair=pair, prefix=later)
    if not form.is_valid():
        return render(request, "plans/look_back.html", _context(request, plan, refused=form), status=422)
    services.name_classes(pair=pair, names=form.names(), person=request.user, today=found.today())
    messages.success(request, _("Kept. These classes are compared under their new names."))
    return redirect("look-back", school=request.school.slug)


def _context(request: SchoolRequest, plan: Plan, *, refused: NamesForm | None = None) -> dict[str, object]:
    past = queries.past_of(request.school.pk)
    looked = looking_back.at(plan, found.actions_for(request, plan), found.words(), past=past)
    may_manage = found.may_manage(request)
    return {
        "seen": [one for one in looked if one.seen],
        "waiting": [one for one in looked if not one.seen],
        "record": plan.records[-1] if plan.records else None,
        "may_manage": may_manage,
        "renamed": [_form(pair, refused) for pair in _pairs(request, plan)] if may_manage else [],
    }


def _pairs(request: SchoolRequest, plan: Plan) -> tuple[Pair, ...]:
    return class_names.pairs(looking_back.alike(plan.records), queries.renamed_of(request.school.pk))


def _codes(pair: Pair) -> tuple[str, str]:
    return pair.earlier.wave.code, pair.later.wave.code


def _form(pair: Pair, refused: NamesForm | None) -> NamesForm:
    is_it = refused is not None and _codes(refused.pair) == _codes(pair)
    return refused if refused is not None and is_it else NamesForm(pair=pair, prefix=pair.later.wave.code)
