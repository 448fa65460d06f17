"""The roles that somebody can have at a school."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role; one person can have several."""

    NETWORK_LEAD = "network-lead", _("Network lead")
    COORDINATOR = "coordinator", _("Coordinator")
    TEAM_MEMBER = "team-member", _("Team member")
    TEACHER = "teacher", _("Teacher of a class")
    COUNCIL_GUIDE = "council-guide", _("Guide of the pupil council")
    HELP_ADULT = "help-adult", _("Adult to talk to")
    OPERATOR = "operator", _("Technical operator")


SCHOOL_ROLES = tuple(role for role in Role if role != Role.NETWORK_LEAD)
MANAGERS = (Role.COORDINATOR, Role.NETWORK_LEAD)
READERS = (*MANAGERS, Role.TEAM_MEMBER)
LET_IN = "let-in-operator"
"""No role that is given or invited for: an operator has it for as long as a coordinator let her in."""
SET_UP = (*MANAGERS, LET_IN)
NETWORK_ROLES = (Role.NETWORK_LEAD, Role.OPERATOR)
