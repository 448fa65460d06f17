"""Requests, the keys of their boxes, and the clock."""

import uuid
from typing import Any

from django.db import migrations, models
from django.db.migrations.state import ProjectState

REQUEST = migrations.CreateModel(
    name="HelpRequest",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("box", models.CharField(max_length=64)),
        ("school", models.SlugField(db_index=False, max_length=60)),
        ("adult", models.PositiveBigIntegerField(null=True)),
        ("sealed", models.TextField()),
        ("day", models.DateField()),
        (
            "state",
            models.CharField(
                choices=[("new", "not read yet"), ("seen", "seen")], default="new", max_length=4
            ),
        ),
        ("waited", models.PositiveSmallIntegerField(default=0)),
        ("is_for_all", models.BooleanField(default=False)),
        ("opened_by", models.PositiveBigIntegerField(null=True)),
    ],
)
BOX = migrations.CreateModel(
    name="HelpBox",
    fields=[
        ("code", models.CharField(max_length=64, primary_key=True, serialize=False)),
        ("school", models.SlugField(db_index=False, max_length=60)),
        ("public_key", models.BinaryField()),
        ("wrapped_key", models.TextField()),
    ],
)


def make_them(_apps: Any, editor: Any) -> None:
    """Make both tables; in SQLite without a row number, which would count requests as they come."""
    if editor.connection.alias != "help":
        return
    for model in _models():
        if editor.connection.vendor == "sqlite":
            sql, parameters = editor.table_sql(model)
            editor.execute(f"{sql} WITHOUT ROWID", parameters or None)
        else:
            editor.create_model(model)


def take_them_away(_apps: Any, editor: Any) -> None:
    """Undo `make_them`."""
    if editor.connection.alias == "help":
        for model in _models():
            editor.delete_model(model)


def _models() -> list[Any]:
    state = ProjectState()
    for each in (REQUEST, BOX):
        each.state_forwards("help", state)
    return [state.apps.get_model("help", each.name) for each in (REQUEST, BOX)]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[REQUEST, BOX],
            database_operations=[migrations.RunPython(make_them, take_them_away)],
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minute", models.BigIntegerField()),
            ],
        ),
    ]
