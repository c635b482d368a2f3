from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

from annotations.database.indexes import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0095_watching"),
    ]

    operations = [
        # Agreement is counted on the claims that a desk disclosed last, found by its log.
        AddIndexConcurrently(
            model_name="transition",
            index=models.Index(
                name="transition_disclosed",
                fields=["desk", "-at"],
                condition=models.Q(("move", "disclose")),
            ),
        ),
        # The one it had began with no desk: whoever shared a server with others read theirs, too.
        RemoveIndexConcurrently(model_name="annotation", name="annotation_disclosed"),
    ]
