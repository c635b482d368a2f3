"""An index for claimants by a part of their name, built beside the work of the day."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations

from annotations.database.indexes import AddIndexConcurrently
from annotations.models.folding import Folded


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0104_folded_indexes"),
    ]

    operations = [
        AddIndexConcurrently(
            "claimant",
            GinIndex(OpClass(Folded("name"), "gin_trgm_ops"), name="claimant_by_name"),
        ),
    ]
