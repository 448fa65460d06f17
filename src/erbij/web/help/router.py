"""What a pupil asks of an adult stands in a database of its own, and nothing else stands there."""

from typing import Any

APP = STORE = "help"


class HelpStore:
    """Lead this app to its store, and keep everything else out of it."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """The store for this app; no opinion on others."""
        return STORE if model._meta.app_label == APP else None

    def db_for_write(self, model: Any, **_hints: Any) -> str | None:
        """As for reading."""
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Tables of this app in its store only, and no others there."""
        return (db == STORE) == (app_label == APP)
