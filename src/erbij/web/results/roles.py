"""Who reads a release."""

from erbij.web.schools.roles import Role

AFTER_SHARING = (Role.TEACHER, Role.COUNCIL_GUIDE, Role.HELP_ADULT)
"""Who reads a release once the coordinator shares it; the same release as everyone else."""
