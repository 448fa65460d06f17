"""What pupils are told back."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import erbij.web.results.models


class Migration(migrations.Migration):
    """One page for each release, public from the day it is approved."""

    dependencies: ClassVar = [("results", "0004_notes"), ("schools", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PupilsPage",
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
                        default=erbij.web.results.models.new_address,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("lines", models.JSONField(default=dict)),
                ("approved_on", models.DateField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="results.releaserecord",
                    ),
                ),
            ],
        ),
    ]
