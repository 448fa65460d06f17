"""Cards lose their row number in SQLite: it would count them as they were made."""

from typing import Any, ClassVar

from django.db import migrations

MOVE = """
INSERT INTO surveys_card (digest, class_code, is_used, wave_id)
SELECT digest, class_code, is_used, wave_id FROM surveys_card_before
"""


def take_row_numbers_away(apps: Any, editor: Any) -> None:
    """Make the table anew, ordered by the digest and nothing else."""
    if editor.connection.vendor == "sqlite":
        _make_anew(apps.get_model("surveys", "Card"), editor, "WITHOUT ROWID")


def give_row_numbers_back(apps: Any, editor: Any) -> None:
    """Undo `take_row_numbers_away`."""
    if editor.connection.vendor == "sqlite":
        _make_anew(apps.get_model("surveys", "Card"), editor, "")


def _make_anew(card: Any, editor: Any, ending: str) -> None:
    editor.execute("ALTER TABLE surveys_card RENAME TO surveys_card_before")
    sql, parameters = editor.table_sql(card)
    editor.execute(f"{sql} {ending}", parameters or None)
    editor.execute(MOVE)
    editor.execute("DROP TABLE surveys_card_before")
    for index in editor._model_indexes_sql(card):
        editor.execute(index)


class Migration(migrations.Migration):
    """After the cards themselves."""

    dependencies: ClassVar = [("surveys", "0002_cards_and_open_links")]

    operations: ClassVar = [migrations.RunPython(take_row_numbers_away, give_row_numbers_back)]
