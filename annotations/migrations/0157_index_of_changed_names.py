"""The index of when names of claimants changed, built beside the work of the day."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

from annotations.database.indexes import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0156_what_is_said_of_claimants"),
    ]

    operations = [
        AddIndexConcurrently(
            "transition",
            models.Index(
                name="transition_of_names",
                fields=["desk", "-at"],
                condition=models.Q(
                    ("move__in", ["merge claimants", "part claimants", "change claimant"])
                ),
            ),
        ),
        RemoveIndexConcurrently("transition", "transition_of_claimants"),
    ]
