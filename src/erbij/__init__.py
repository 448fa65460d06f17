"""Erbij: do pupils belong at school, and what does the school do with the answer?

The hallway: instrument -> study -> findings -> gate -> release -> report. Every room says in its first
lines what lives there and what may not; `pyproject.toml` holds the layers that keep it so.
"""

__version__ = "0.1.0"
