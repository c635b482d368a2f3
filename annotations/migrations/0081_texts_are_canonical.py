from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0080_marks_as_read"),
    ]

    operations = [
        # The hash of a new text or original is its own, and a new text is normalised.
        database.Run("9578108fe61c6e18"),
    ]
