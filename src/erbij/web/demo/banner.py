"""What every page of the team says in a made-up town."""

from django.http import HttpRequest


def made_up(request: HttpRequest) -> dict[str, bool]:
    """Tell the templates that nothing here is real."""
    return {"is_made_up": True}
