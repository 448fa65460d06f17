"""Choosing, planning an action, and following it."""
