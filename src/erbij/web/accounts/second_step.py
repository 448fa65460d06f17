"""A second step besides the password, where the server asks it of everybody (`ERBIJ_MFA=required`)."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from erbij.web.accounts.models import Person

PUPILS = "pupil-"
"""How every name of a page of pupils begins; `pupils-` are pages about them, of the team."""
OPEN = frozenset(
    (
        "second-step",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_logout",
        "language",
        "security-txt",
    )
)
"""What somebody reaches who still has to set one up. A page that is not named here is shut."""
SECONDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Not the recovery codes: they stand in for one that is lost."""

Next = Callable[[HttpRequest], HttpResponseBase]


class SecondStep:
    """Lead who is signed in without a second step to the page that sets one up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing yet: only once the address is resolved its name is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Costs one query a page of the team, where a second step is asked of everybody."""
        if not settings.SECOND_STEP_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        name = str(getattr(request.resolver_match, "url_name", ""))
        if name in OPEN or name.startswith(PUPILS) or not isinstance(request.user, Person):
            return None
        return None if has_taken(request) else redirect("second-step")


def has_taken(request: HttpRequest) -> bool:
    """Whether somebody who is signed in has one here, or took one where this session comes from."""
    if not isinstance(request.user, Person):
        return False
    known = get_authentication_records(request, request.user)
    return any(each.get("second") for each in known) or bool(is_mfa_enabled(request.user, SECONDS))
