"""School scans: the team looks at its own opportunities, with pupils and parents.

What lives here: the five scans of `erbij.actions.school_scan`, their special parts, and what pupils said
beside them. What may not: a name of a pupil or a parent, a count of colleagues that could point at somebody,
an answer of a pupil.
"""
