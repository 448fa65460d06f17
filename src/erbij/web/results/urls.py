"""Addresses of closing and of results."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.results import bridges, telling_back, views

of_a_school: list[URLPattern] = [
    path("waves/<str:code>/close/", views.close, name="wave-close"),
    path("results/", views.results, name="results"),
    path("results/bridge/", bridges.bridge, name="bridge"),
    path("results/<str:code>/", views.result, name="result"),
    path("results/<str:code>/share/", views.share, name="result-share"),
    path("results/<str:code>/tidy/", views.tidy_up, name="result-tidy"),
    path("results/<str:code>/tell/", telling_back.tell_back, name="tell-back"),
    path("results/<str:code>/summary/<str:language>/", telling_back.summary, name="result-summary"),
    path("results/<str:code>/<str:name>", views.download, name="result-file"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("school/<slug:school>/", include(of_a_school))]
