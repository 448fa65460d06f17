"""Migrations of the ideas app."""
