"""The papers as an app of Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """It has no tables: papers are written anew from the configuration."""

    name = "erbij.web.papers"
    label = "papers"
