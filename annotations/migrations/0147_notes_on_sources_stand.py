"""Notes on sources stay as they were made, and are settled once."""

from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [("annotations", "0146_notes_on_sources")]

    operations = [database.Run("a457443b9de63d94")]
