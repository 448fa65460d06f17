"""The schools app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools, classes, roles and invitations."""

    name = "erbij.web.schools"
    label = "schools"
