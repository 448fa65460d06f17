"""Asking: waves, class sessions, the ballot box and its closing.

Here live: what is asked and when, sealing, the box, and the opening of the box straight into a release.
Not here: who people are (`accounts`, `schools`) and what came out (`results`).
"""
