"""Networks get a code to join with, an operator, and invitations for their leads."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import erbij.web.codes


def give_codes(apps: Any, _editor: Any) -> None:
    for network in apps.get_model("schools", "Network").objects.filter(code=None):
        network.code = erbij.web.codes.new_code()
        network.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invitation_for_a_school",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_place_fits_role",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_once_in_network",
        ),
        migrations.AddField(
            model_name="invitation",
            name="network",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="schools.network",
            ),
        ),
        # Empty first: one default would give every network that is there the same code.
        migrations.AddField(
            model_name="network",
            name="code",
            field=models.CharField(null=True, editable=False, max_length=12),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="network",
            name="code",
            field=models.CharField(
                default=erbij.web.codes.new_code, editable=False, max_length=12, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="schools.school",
            ),
        ),
        migrations.AlterField(
            model_name="network",
            name="name",
            field=models.CharField(
                error_messages={"unique": "There is a network of this name."},
                max_length=120,
                unique=True,
                verbose_name="Name",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("network__isnull", False), ("role", "network-lead"), ("school__isnull", True)),
                    models.Q(
                        models.Q(("role", "network-lead"), _negated=True),
                        ("network__isnull", True),
                        ("school__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="invitation_place_fits_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("network__isnull", False),
                        ("role__in", ("network-lead", "operator")),
                        ("school__isnull", True),
                    ),
                    models.Q(
                        models.Q(("role", "network-lead"), _negated=True),
                        ("network__isnull", True),
                        ("school__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="membership_place_fits_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("network__isnull", False)),
                fields=("person", "network", "role"),
                name="membership_once_in_network",
            ),
        ),
    ]
