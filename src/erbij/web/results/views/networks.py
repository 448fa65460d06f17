"""The page of what a network says together."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erbij.reports.benchmarks import FEWEST_SCHOOLS
from erbij.web.results import networks, services, telling
from erbij.web.results.templatetags.terms import Marker
from erbij.web.schools import queries as schools
from erbij.web.schools.access import NetworkRequest, for_network
from erbij.web.schools.roles import Role


@for_network(Role.NETWORK_LEAD)
def results(request: NetworkRequest) -> HttpResponse:
    """Pooled from released results: no school is named as more or less, and none is ranked."""
    found = _together(request)
    context = {"network": request.network, "found": found, "fewest": FEWEST_SCHOOLS}
    context["fewest_to_send"] = networks.FEWEST_TO_SEND
    if found.told:
        context |= {"marker": Marker(found.told.language)}
        context |= {"chrome": telling.chrome_of(found.told), "sections": telling.shown(found.told.sections)}
    return render(request, "results/network.html", context)


@require_POST
@for_network(Role.NETWORK_LEAD)
def send(request: NetworkRequest) -> HttpResponse:
    """Let it stand beside the results of each school."""
    sending = _together(request).sending
    if sending is not None and services.send_to_schools(sending=sending, today=timezone.localdate()):
        messages.success(request, _("Each school sees it beside its own results now."))
    else:
        messages.error(request, _("Too few schools have new results: nothing was sent."))
    return redirect("network-results", network=request.network.pk)


def _together(request: NetworkRequest) -> networks.Together:
    named = schools.schools_of(request.network)
    return networks.together(request.network.name, named, telling.language_of_reader())
