"""What the disk still tells is remembered until it is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0003_cards_without_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="mixing_due",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="wave",
            name="mixing_done",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
