"""The index of what a desk has in work, built beside the work of the day."""

from django.db import migrations, models

from annotations.database.indexes import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0188_names_that_readers_have"),
    ]

    operations = [
        AddIndexConcurrently(
            "claim",
            models.Index(
                name="claim_in_work",
                fields=["desk"],
                condition=models.Q(
                    ("status__in", ["spotted", "checking", "deciding", "decided", "approved"])
                ),
            ),
        ),
    ]
