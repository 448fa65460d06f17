"""The ways in that the sign-in page shows."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def ways_in() -> dict[str, Any]:
    """Give the providers, and whether a password is taken."""
    return {"providers": list(settings.SIGN_IN_WITH.values()), "passwords": settings.PASSWORDS}
