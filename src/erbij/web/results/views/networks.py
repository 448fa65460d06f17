"""The page of what a network says together."""

from django.http import HttpResponse
from django.shortcuts import render

from erbij.reports.benchmarks import FEWEST_SCHOOLS
from erbij.web.results import networks, telling
from erbij.web.results.templatetags.terms import Marker
from erbij.web.schools import queries as schools
from erbij.web.schools.access import NetworkRequest, for_network
from erbij.web.schools.roles import Role


@for_network(Role.NETWORK_LEAD)
def results(request: NetworkRequest) -> HttpResponse:
    """Pooled from released results: no school is named as more or less, and none is ranked."""
    found = networks.together(
        request.network.name, schools.schools_of(request.network), telling.language_of_reader()
    )
    context = {"network": request.network, "found": found, "fewest": FEWEST_SCHOOLS}
    if found.told:
        context |= {"marker": Marker(found.told.language)}
        context |= {"chrome": telling.chrome_of(found.told), "sections": telling.shown(found.told.sections)}
    return render(request, "results/network.html", context)
