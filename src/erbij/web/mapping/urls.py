"""Addresses of files of other tools."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.mapping import views

of_a_school: list[URLPattern] = [
    path("file/", views.choose, name="mapping"),
    path("file/look/", views.look, name="mapping-look"),
    path("file/report/", views.report, name="mapping-report"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("school/<slug:school>/", include(of_a_school))]
