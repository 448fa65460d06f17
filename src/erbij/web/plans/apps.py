"""The app of choices and actions."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What a team chooses and does."""

    name = "erbij.web.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say at the home of a school what waits, and propose to tell pupils what is planned."""
        from erbij.web.plans import for_pupils, next_steps  # noqa: PLC0415 (models are not loaded before)
        from erbij.web.results.proposals import propose  # noqa: PLC0415
        from erbij.web.schools.next_steps import advise  # noqa: PLC0415

        advise(next_steps.of)
        propose(for_pupils.lines)
