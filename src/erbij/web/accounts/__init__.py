"""People who work with Erbij and how they sign in; pupils have no account and never get one.

Not here: what somebody may do at a school (that is `schools`).
"""
