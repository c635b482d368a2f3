"""The words of a text are folded for its index in less time, and to the same."""

from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [("annotations", "0152_file_imports")]

    operations = [database.Run("fdd9cd5b53226b9b")]
