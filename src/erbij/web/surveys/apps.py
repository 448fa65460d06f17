"""The app of waves, class sessions and ballots."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Asking."""

    name = "erbij.web.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say at the home of a school what comes next in asking."""
        from erbij.web.schools.next_steps import advise  # noqa: PLC0415 (models are not loaded before)
        from erbij.web.surveys import next_steps  # noqa: PLC0415

        advise(next_steps.of)
