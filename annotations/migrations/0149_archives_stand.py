"""What other services answered stays as they said it."""

from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [("annotations", "0148_archives")]

    operations = [database.Run("86cef8dff3eceebc")]
