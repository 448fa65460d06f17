"""Addresses of a person's own account."""

from django.urls import URLPattern, path

from erbij.web.accounts import elsewhere_views, views

urlpatterns: list[URLPattern] = [
    path("account/", views.account, name="account"),
    # Before allauth's page of this address: that one changes it without a password, and unverified.
    path("account/email/", views.address_stays, name="account_email"),
    path("account/with/<slug:provider>/", elsewhere_views.go, name="elsewhere"),
    path("account/with/<slug:provider>/back/", elsewhere_views.back, name="elsewhere-back"),
    path("account/sign-ins/", views.sign_ins, name="sign-ins"),
    path("account/sign-ins/end/<slug:name>/", views.end_sign_in, name="end-sign-in"),
    path("account/sign-ins/others/end/", views.end_others, name="end-other-sign-ins"),
    path("account/second-step/", views.second_step, name="second-step"),
    path("language/", views.language, name="language"),
]
