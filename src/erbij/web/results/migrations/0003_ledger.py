"""The chain of releases, and what each told."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Each release names the one before it."""

    dependencies: ClassVar = [("results", "0002_sharing")]

    operations: ClassVar = [
        migrations.AddField("releaserecord", "previous", models.CharField(blank=True, max_length=64)),
        migrations.AddField("releaserecord", "system", models.JSONField(default=list)),
    ]
