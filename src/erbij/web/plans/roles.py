"""Who sees the plan: who reads a release. Who is not in the team sees what belongs to shared releases."""

from erbij.web.results.roles import AFTER_SHARING
from erbij.web.schools.roles import READERS, Role

SEE = (*READERS, *AFTER_SHARING)
OWN = tuple(role for role in Role if role not in (Role.OPERATOR, Role.NETWORK_LEAD))
"""Who can own an action: everyone with a role at the school but its technical operator."""
