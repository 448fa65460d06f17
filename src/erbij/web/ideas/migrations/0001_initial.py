"""Rounds, ideas, votes and receipts."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import erbij.web.surveys.models


class Migration(migrations.Migration):
    """The first tables of ideas."""

    initial = True

    dependencies: ClassVar = [
        ("results", "0005_pupils_page"),
        ("schools", "0002_networks"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Round",
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
                ("question", models.CharField(max_length=200)),
                ("until", models.DateField()),
                (
                    "unit",
                    models.CharField(
                        choices=[("euros", "euros"), ("hours", "hours")], default="euros", max_length=5
                    ),
                ),
                ("budget", models.PositiveIntegerField(default=0)),
                (
                    "who",
                    models.CharField(
                        choices=[("council", "the pupil council"), ("classes", "classes")],
                        default="council",
                        max_length=7,
                    ),
                ),
                ("pupils", models.PositiveIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("ideas", "pupils propose"),
                            ("sorting", "ideas are read"),
                            ("vote", "pupils choose"),
                            ("answers", "ideas are answered"),
                            ("closed", "finished"),
                        ],
                        default="ideas",
                        max_length=7,
                    ),
                ),
                ("since", models.DateField()),
                ("word", models.CharField(blank=True, default="", max_length=60)),
                ("word_until", models.DateTimeField(null=True)),
                ("told_votes", models.PositiveIntegerField(null=True)),
                ("left", models.PositiveIntegerField(null=True)),
                ("told_on", models.DateField(null=True)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="results.pupilspage"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.CharField(blank=True, max_length=280)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "not read yet"),
                            ("on", "let through"),
                            ("merged", "put with another one"),
                            ("off", "not shown"),
                            ("help", "a call for help"),
                        ],
                        default="new",
                        max_length=6,
                    ),
                ),
                ("title", models.CharField(blank=True, default="", max_length=90)),
                ("cost", models.PositiveIntegerField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("later", "Later")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("why", models.CharField(blank=True, default="", max_length=300)),
                ("by", models.DateField(null=True)),
                ("is_bought", models.BooleanField(default=False)),
                ("votes", models.PositiveIntegerField(null=True)),
                (
                    "into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ideas.idea",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("chosen", models.JSONField(default=list)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.round"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("word", ""), _negated=True), fields=("word",), name="word_of_ideas_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "closed"), _negated=True),
                fields=("page",),
                name="one_round_at_a_time",
            ),
        ),
    ]
