"""Waves, sessions, counts and the ballot box."""

import uuid
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.state import ProjectState

import erbij.web.surveys.models

BALLOT = migrations.CreateModel(
    name="Ballot",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("wave", models.CharField(max_length=16)),
        ("sealed", models.TextField()),
    ],
)


def make_the_box(_apps: Any, editor: Any) -> None:
    """Make the table of ballots; in SQLite without a row number, which would count them as they come."""
    ballot = _ballot()
    if editor.connection.vendor == "sqlite":
        sql, parameters = editor.table_sql(ballot)
        editor.execute(f"{sql} WITHOUT ROWID", parameters or None)
    else:
        editor.create_model(ballot)


def take_the_box_away(_apps: Any, editor: Any) -> None:
    """Undo `make_the_box`."""
    editor.delete_model(_ballot())


# The planner of PostgreSQL keeps samples of columns, also of rows that are gone.
NOT_SAMPLED = {"surveys_ballot": ("id", "wave", "sealed"), "surveys_wave": ("public_key", "wrapped_key")}


def sample_nothing(_apps: Any, editor: Any) -> None:
    """Let no key and no ballot stay behind in the statistics of PostgreSQL."""
    if editor.connection.vendor == "postgresql":
        for table, columns in NOT_SAMPLED.items():
            for column in columns:
                editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def _ballot() -> Any:
    state = ProjectState()
    BALLOT.state_forwards("surveys", state)
    return state.apps.get_model("surveys", "Ballot")


class Migration(migrations.Migration):
    """The first tables of asking."""

    initial = True

    dependencies: ClassVar = [
        ("schools", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[BALLOT],
            database_operations=[migrations.RunPython(make_the_box, take_the_box_away)],
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=erbij.web.surveys.models.new_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("instrument_id", models.CharField(max_length=64)),
                ("languages", models.JSONField(default=list)),
                ("items_on", models.JSONField(default=list)),
                ("reasons", models.JSONField(default=dict)),
                ("opens_on", models.DateField(null=True)),
                ("closes_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "in preparation"),
                            ("open", "open"),
                            ("closing", "closing"),
                            ("closed", "closed"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("informed", "parents were informed and could say no"),
                            ("asked", "parents said yes in writing"),
                            ("pupils", "pupils decide themselves (16 and older)"),
                        ],
                        default="informed",
                        max_length=8,
                    ),
                ),
                ("parents_asked", models.PositiveIntegerField(default=0)),
                ("parents_refused", models.PositiveIntegerField(default=0)),
                ("majority_item", models.CharField(default="parents-born", max_length=64)),
                ("majority_codes", models.JSONField(default=list)),
                ("public_key", models.BinaryField(default=b"")),
                ("wrapped_key", models.TextField(default="")),
                ("step", models.CharField(blank=True, default="", max_length=12)),
                ("step_done", models.PositiveIntegerField(default=0)),
                ("step_total", models.PositiveIntegerField(default=0)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("class_code", models.CharField(blank=True, default="", max_length=16)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.wave"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("wave", "class_code"), name="tally_once")],
            },
        ),
        migrations.CreateModel(
            name="HelpAdult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_confirmed", models.BooleanField(default=False)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.membership"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "membership"), name="help_adult_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                ("is_open", models.BooleanField(default=True)),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.schoolclass",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_open", True)), fields=("word",), name="open_word_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_open", True)),
                        fields=("wave", "school_class"),
                        name="open_class_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(sample_nothing, migrations.RunPython.noop),
    ]
