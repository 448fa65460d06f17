"""How allauth behaves here: accounts come from an invitation or the first start, never from a public form."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed to sign-up, and to passwords where they are switched off."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without an invitation."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Take no password where everybody signs in elsewhere."""
        return super().authenticate(request, **credentials) if settings.PASSWORDS else None
