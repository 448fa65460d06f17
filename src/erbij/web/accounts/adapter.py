"""How allauth behaves here: accounts come from an invitation or the first start, never from a public form."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from erbij.web.accounts import guessing
from erbij.web.accounts.models import Person


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed to sign-up, and to passwords where they are switched off; slow for who guesses."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without an invitation."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Take no password where everybody signs in elsewhere."""
        return super().authenticate(request, **credentials) if settings.PASSWORDS else None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a try that comes too soon: by allauth's limits, or by those of the school.

        A browser that is known for this person has limits of its own: else anybody could keep her out by
        failing in her name.
        """
        email = str(credentials.get("email", ""))
        if browser := guessing.known_as(request, email):
            self._login_failed_rl_usage = ratelimit.consume(
                request,
                app="allauth.account",
                action="login_known",
                config=guessing.OWN_RATE,
                key=f"{browser}:{email.lower()}",
            )
            if not self._login_failed_rl_usage:
                raise self.validation_error("too_many_login_attempts")
            return
        super().pre_authenticate(request, **credentials)
        is_stranger = not isinstance(request.user, Person)
        if is_stranger and guessing.is_too_soon(email, ratelimit.get_ip(request)):
            self._rollback_login_failed_rl_usage()  # it was no try: the person's own limit stays as it was
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it for the school, unless it is somebody who mistypes where she works every day."""
        email = str(credentials.get("email", ""))
        if not guessing.known_as(request, email) and not isinstance(request.user, Person):
            guessing.failed(email)

    def post_login(self, request: HttpRequest, user: Person, **told: Any) -> HttpResponseBase:
        """Let the browser be known from now on; every step of signing in is done."""
        response: HttpResponseBase = super().post_login(request, user, **told)
        guessing.remember(request, response, user.email)
        return response
