"""The app of files of other tools."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """What a school asked with another tool."""

    name = "erbij.web.mapping"
    label = "mapping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say at the home of a school that has asked nothing yet that a file will do too."""
        from erbij.web.mapping import next_steps  # noqa: PLC0415 (models are not loaded before)
        from erbij.web.schools.next_steps import advise  # noqa: PLC0415

        advise(next_steps.of)
