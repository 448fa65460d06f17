"""Migrations of the surveys app."""
