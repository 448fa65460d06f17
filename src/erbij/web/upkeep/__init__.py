"""The upkeep of an installation: what is wrong with its set-up, copies of its data, what is kept how long.

Here live: the checks of `erbij check`, the making and reading of backups. Not here: a page that somebody of a
school sees, or a rule about what may be shown. Nothing here opens a ballot.
"""
