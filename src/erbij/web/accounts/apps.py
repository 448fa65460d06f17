"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and sign-in."""

    name = "erbij.web.accounts"
    label = "accounts"
