"""What pupils hand in has no row number in SQLite: it would count them as they come."""

from typing import Any, ClassVar

from django.db import migrations

MODELS = ("Idea", "Vote", "Receipt")


def take_row_numbers_away(apps: Any, editor: Any) -> None:
    """Make the tables anew, ordered by their random keys and nothing else; they are empty still."""
    _make_anew(apps, editor, " WITHOUT ROWID")


def give_row_numbers_back(apps: Any, editor: Any) -> None:
    """Undo `take_row_numbers_away`."""
    _make_anew(apps, editor, "")


def _make_anew(apps: Any, editor: Any, ending: str) -> None:
    if editor.connection.vendor != "sqlite":
        return
    for name in MODELS:
        model = apps.get_model("ideas", name)
        editor.execute(f"DROP TABLE {model._meta.db_table}")
        sql, parameters = editor.table_sql(model)
        editor.execute(f"{sql}{ending}", parameters or None)
        for index in editor._model_indexes_sql(model):
            editor.execute(index)


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies: ClassVar = [("ideas", "0001_initial")]

    operations: ClassVar = [migrations.RunPython(take_row_numbers_away, give_row_numbers_back)]
