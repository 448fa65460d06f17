"""A guess at STUDY.toml for an export of another survey tool.

Here live the guess and its writing. Never here: a value of a column that may be about one pupil.
"""
