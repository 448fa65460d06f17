"""Addresses of the pupil's pages."""

from django.urls import path

from erbij.web.surveys import pupil

urlpatterns = [
    path("", pupil.start, name="pupil-start"),
    path("c/done/", pupil.done, name="pupil-done"),
    path("c/done/adults/", pupil.done, {"audience": "parents"}, name="pupil-done-adults"),
    path("c/help/<str:word>/", pupil.help_page, name="pupil-help"),
    path("c/<str:word>/", pupil.questions, name="pupil-questions"),
    path("k/", pupil.card, name="pupil-card"),
    path("ballots/", pupil.ballots, name="pupil-ballots"),
    path("pupil-sw.js", pupil.worker, name="pupil-worker"),
]
