"""Signing in elsewhere: away, and back."""

import secrets
from dataclasses import asdict

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from erbij.web.accounts import elsewhere, services
from erbij.web.providers import Provider

KEPT = "elsewhere"


@require_GET
def go(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Send the browser to a provider; the page afterwards is one of this site or none."""
    found = _provider(provider)
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    asked = elsewhere.question(found, wanted if is_ours else "")
    try:
        place = elsewhere.address(found, asked, back=_back(request, found))
    except elsewhere.IdentityError:
        return _sorry(request, found)
    request.session[KEPT] = asdict(asked)
    return redirect(place)


@require_GET
def back(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Sign in whom the provider means; the second step of allauth follows where somebody has one."""
    found = _provider(provider)
    kept = request.session.pop(KEPT, None)  # once: who comes back again has to go again
    if kept is None or not _is_answer(request, found, asked := elsewhere.Asked(**kept)):
        return _sorry(request, found)
    try:
        told = elsewhere.identity(found, asked, code=request.GET["code"], back=_back(request, found))
    except elsewhere.IdentityError:
        return _sorry(request, found)
    person = services.person_from_elsewhere(told)
    if person is None:
        return _sorry(request, found)
    record_authentication(request, person, "elsewhere", provider=found.code, second=told.took_second)
    answer: HttpResponseBase = perform_login(request, person, redirect_url=asked.next or None)
    return answer


def _is_answer(request: HttpRequest, provider: Provider, asked: elsewhere.Asked) -> bool:
    # `iss` where the provider sends it (RFC 9207): an answer of another one is not taken for its.
    return (
        asked.provider == provider.code
        and secrets.compare_digest(request.GET.get("state", "").encode(), asked.state.encode())
        and request.GET.get("iss", provider.issuer) == provider.issuer
        and bool(request.GET.get("code"))
    )


def _provider(code: str) -> Provider:
    if code not in settings.SIGN_IN_WITH:
        raise Http404
    found: Provider = settings.SIGN_IN_WITH[code]
    return found


def _back(request: HttpRequest, provider: Provider) -> str:
    return request.build_absolute_uri(reverse("elsewhere-back", kwargs={"provider": provider.code}))


def _sorry(request: HttpRequest, provider: Provider) -> HttpResponseBase:
    # One page for every reason: it tells nobody which addresses have an account.
    return render(request, "accounts/not_signed_in.html", {"provider": provider}, status=403)
