"""The app of pupils' ideas."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    """Pupils propose, choose, and hear what becomes of it."""

    name = "erbij.web.ideas"
    label = "ideas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say at the home of a school what waits, and on the page for pupils what was answered."""
        from erbij.web.ideas import next_steps, telling, tidying  # noqa: PLC0415 (models are not loaded before)
        from erbij.web.results import told_back  # noqa: PLC0415
        from erbij.web.schools.next_steps import advise  # noqa: PLC0415
        from erbij.web.surveys import mixing  # noqa: PLC0415

        mixing.also(*tidying.MIXED)
        advise(next_steps.of)
        told_back.add(telling.of)
