"""Copies of all data, locked for whoever keeps the key, and the way back from one.

A copy is rows and no disk: every table in the order of its random ids, so that nothing tells when a ballot
came. The same copy goes into SQLite and PostgreSQL, and into a newer program. Here live reading and writing
of rows, the parcel with its digests, its lock, and the shelf of copies. Not here: opening a ballot.
"""
