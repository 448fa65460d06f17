"""Addresses of the help channel: of the pupil, and of the adults who read."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.help import pupil, views

of_a_pupil: list[URLPattern] = [
    path("c/help/<str:word>/key/", pupil.key, name="pupil-talk-key"),
    path("c/help/<str:word>/ask/", pupil.ask, name="pupil-talk"),
    path("c/help/<str:word>/sent/", pupil.sent, name="pupil-talk-sent"),
]
of_a_school: list[URLPattern] = [
    path("help/", views.letters, name="help"),
    path("help/<uuid:pk>/open/", views.open_letter, name="help-open"),
    path("help/<uuid:pk>/talked/", views.talked, name="help-talked"),
    path("waves/<str:code>/help-card/<str:language>/", views.card, name="help-card"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *of_a_pupil,
    path("school/<slug:school>/", include(of_a_school)),
]
