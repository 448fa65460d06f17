"""Drawing lots for which places start first."""

import secrets

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from erbij.web.plans import drawing
from erbij.web.plans.forms import LotsForm
from erbij.web.plans.telling import ActionTold
from erbij.web.plans.views import found
from erbij.web.schools import queries as schools
from erbij.web.schools.access import SchoolRequest, for_roles
from erbij.web.schools.roles import MANAGERS

SEEDS = 1_000_000


@for_roles(*MANAGERS)
def lots(request: SchoolRequest, pk: int) -> HttpResponse:
    """Draw lots for an action; what was drawn stands on its page."""
    told = found.action_or_404(request, found.plan_for(request), pk)
    form = LotsForm(request.POST or None, grades=schools.grades(), first=told.row.starts_on)
    if form.is_valid() and _is_drawn(request, form, told):
        messages.success(request, _("The lots are drawn, and kept as they fell."))
        return redirect("action", school=request.school.slug, pk=pk)
    context = {"form": form, "told": told}
    return render(request, "plans/lots.html", context, status=422 if form.errors else 200)


def _is_drawn(request: SchoolRequest, form: LotsForm, told: ActionTold) -> bool:
    # Drawn here and not chosen by the team: nobody can look for a seed that suits.
    seed = secrets.randbelow(SEEDS)
    try:
        drawing.draw_lots(
            planned=told.row, lots=form.lots(), seed=seed, person=request.user, today=found.today()
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
