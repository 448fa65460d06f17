"""The app of the upkeep; it has no tables and no pages."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Checks, and copies."""

    name = "erbij.web.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        """Have Django know the checks; `erbij manage check --deploy` runs them too."""
        from erbij.web.upkeep import checks  # noqa: PLC0415 (models are not loaded before)

        checks.register()
