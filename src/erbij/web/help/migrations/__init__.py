"""Migrations of the help channel; its store is router.STORE."""
