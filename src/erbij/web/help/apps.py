"""The app of the help channel."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """A pupil asks to talk to an adult."""

    name = "erbij.web.help"
    label = "help"
    default_auto_field = "django.db.models.BigAutoField"
