"""Addresses of school scans."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.scans import views

of_a_school: list[URLPattern] = [
    path("scans/", views.scans, name="scans"),
    path("scans/start/<slug:opportunity>/", views.start, name="scan-start"),
    path("scans/paper/<slug:opportunity>/", views.paper, name="scan-paper"),
    path("scans/<int:pk>/", views.fill, name="scan"),
    path("scans/<int:pk>/finish/", views.finish, name="scan-finish"),
    path("scans/<int:pk>/result/", views.result, name="scan-result"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("school/<slug:school>/", include(of_a_school))]
