"""A release can be shared with everyone at the school."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="releaserecord",
            name="is_shared",
            field=models.BooleanField(default=False),
        ),
    ]
