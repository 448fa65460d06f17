"""What staff did, and what was erased: written once, never changed.

Here live: one line for each act of somebody with a role, and one for each kind of thing that was let go. Not
here: anything about a pupil, any word that somebody wrote, any time of a class session.
"""
