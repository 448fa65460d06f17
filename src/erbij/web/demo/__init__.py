"""The made-up town as a running school: people, a closed wave and an open one, and links to sign in.

Exists only where ERBIJ_DEMO is set, on a database of its own. It may use every app; no app knows it.
"""
