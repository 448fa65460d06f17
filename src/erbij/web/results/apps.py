"""The app of releases."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Releases and their pages."""

    name = "erbij.web.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say at the home of a school that results are there."""
        from erbij.web.results import next_steps  # noqa: PLC0415 (models are not loaded before)
        from erbij.web.schools.next_steps import advise  # noqa: PLC0415

        advise(next_steps.of)
