"""The app of waves, class sessions and ballots."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Asking."""

    name = "erbij.web.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
