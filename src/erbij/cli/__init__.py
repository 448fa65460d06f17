"""Thin commands: read the words, call the core, print or write what it returns.

Here live: one module for each command. Not here: a calculation, or a rule about what may be shown.
"""
