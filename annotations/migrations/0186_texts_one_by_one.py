"""Sentences and links of a text are compared text by text, whatever PostgreSQL knows of the table."""

from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [("annotations", "0183_words_as_said_aloud")]

    operations = [database.Run("130cdd750d557e82")]
