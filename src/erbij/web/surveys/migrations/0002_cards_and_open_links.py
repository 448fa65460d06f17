"""Cards drawn by lot, and sessions without a class."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0001_initial"),
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("class_code", models.CharField(max_length=16)),
                ("is_used", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="wave",
            name="with_cards",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="classsession",
            name="school_class",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.schoolclass",
            ),
        ),
        migrations.AddConstraint(
            model_name="classsession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True), ("school_class", None)),
                fields=("wave",),
                name="open_link_once",
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="wave",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="surveys.wave"
            ),
        ),
    ]
