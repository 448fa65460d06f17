"""Addresses: the pupil's pages at the root, everything of the staff under its own first word."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from erbij.web.papers.security_txt import security_txt

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("erbij.web.surveys.pupil_urls")),
    path("", include("erbij.web.accounts.urls")),
    path("", include("erbij.web.schools.urls")),
    path("", include("erbij.web.surveys.urls")),
    path("", include("erbij.web.results.urls")),
    path("", include("erbij.web.plans.urls")),
    path("", include("erbij.web.help.urls")),
    path("", include("erbij.web.ideas.urls")),
    path("", include("erbij.web.scans.urls")),
    path("", include("erbij.web.mapping.urls")),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("erbij.web.demo.urls")))
handler400 = "erbij.web.security.bad_request"
