"""Addresses of ideas: of the pupil, and of the team."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.ideas import pupil
from erbij.web.ideas.views import rounds, sorting

of_a_pupil: list[URLPattern] = [
    path("i/", pupil.start, name="pupil-ideas-start"),
    path("i/<str:word>/", pupil.box, name="pupil-ideas"),
    path("i/<str:word>/done/", pupil.done, name="pupil-ideas-done"),
]
of_a_school: list[URLPattern] = [
    path("ideas/", rounds.rounds, name="ideas"),
    path("ideas/new/", rounds.new, name="idea-round-new"),
    path("ideas/<str:code>/", rounds.round_page, name="idea-round"),
    path("ideas/<str:code>/board/", rounds.open_board, name="idea-board-open"),
    path("ideas/<str:code>/board/close/", rounds.close_board, name="idea-board-close"),
    path("ideas/<str:code>/move/", rounds.move, name="idea-move"),
    path("ideas/<str:code>/tell/", rounds.tell, name="idea-tell"),
    path("ideas/<str:code>/<uuid:pk>/sort/", sorting.sort, name="idea-sort"),
    path("ideas/<str:code>/<uuid:pk>/answer/", sorting.answer, name="idea-answer"),
    path("ideas/<str:code>/<uuid:pk>/helped/", sorting.looked_after, name="idea-helped"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *of_a_pupil,
    path("school/<slug:school>/", include(of_a_school)),
]
