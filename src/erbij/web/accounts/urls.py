"""Addresses of a person's own account."""

from django.urls import URLPattern, path

from erbij.web.accounts import views

urlpatterns: list[URLPattern] = [
    path("account/", views.account, name="account"),
    path("language/", views.language, name="language"),
]
