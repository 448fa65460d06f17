"""The app of school scans."""

from django.apps import AppConfig


class ScansConfig(AppConfig):
    """What a team sees of its own opportunities."""

    name = "erbij.web.scans"
    label = "scans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say at the home of a school which scan waits, and lead from the results to the scans."""
        from erbij.web.results import onward  # noqa: PLC0415 (models are not loaded before)
        from erbij.web.scans import next_steps  # noqa: PLC0415
        from erbij.web.schools.next_steps import advise  # noqa: PLC0415

        advise(next_steps.of)
        onward.add(next_steps.from_results)
