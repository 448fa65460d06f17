"""The app of the made-up town; installed only where ERBIJ_DEMO is set."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The made-up town as a running school."""

    name = "erbij.web.demo"
    label = "demo"
