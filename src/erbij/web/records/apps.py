"""The app of records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Who did what, and what was erased."""

    name = "erbij.web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
