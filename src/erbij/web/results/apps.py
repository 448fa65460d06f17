"""The app of releases."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Releases and their pages."""

    name = "erbij.web.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"
