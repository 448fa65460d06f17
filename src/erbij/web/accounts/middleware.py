"""What is done before every view of the staff: the first start, how long one stays in, and the language."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation

from erbij.web.accounts import queries, sign_ins

STAFF_PATHS = ("/home/", "/account/", "/school/", "/network/", "/invitation/")

Next = Callable[[HttpRequest], HttpResponseBase]


class FirstStart:
    """Lead every page of the staff to the first start while nobody has an account."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Costs one query, and only for a visitor without a session."""
        if (
            request.path.startswith(STAFF_PATHS)
            and not request.user.is_authenticated
            and not queries.anyone_exists()
        ):
            return redirect("first")
        return self.get_response(request)


class LimitedSession:
    """Sign out who has been in for a school day, or did nothing for long: staff rooms share a computer."""

    BEGAN, SEEN = sign_ins.BEGAN, sign_ins.SEEN
    STEP = 60.0
    """Seconds within which a sign of life is not written again."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pages of pupils are left alone: they have no session."""
        if request.path.startswith(STAFF_PATHS) and request.user.is_authenticated:
            now = time.time()
            if sign_ins.is_over(request.session, now):
                logout(request)
            elif now - request.session.get(self.SEEN, 0.0) > self.STEP:
                request.session.setdefault(self.BEGAN, now)
                request.session[self.SEEN] = now
                agent = request.headers.get("User-Agent", "")
                request.session[sign_ins.BROWSER] = sign_ins.family(agent)
        return self.get_response(request)


class OwnLanguage:
    """Answer in the language of the person, unless this browser chose another one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pages of pupils are left alone: their language is their own."""
        if (
            request.path.startswith(STAFF_PATHS)
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
            and request.user.is_authenticated
        ):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
