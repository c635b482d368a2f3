"""Indexes for claimants of several names, built beside the work of the day."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

from annotations.database.indexes import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0111_claimants_of_several_names"),
    ]

    operations = [
        AddIndexConcurrently(
            "claimant",
            models.Index(Coalesce("same_as", "id"), name="claimant_by_main"),
        ),
        AddIndexConcurrently(
            "transition",
            models.Index(
                name="transition_of_claimants",
                fields=["desk", "-at"],
                condition=models.Q(("move__in", ["merge claimants", "part claimants"])),
            ),
        ),
    ]
