"""The words by which claims like each other stand together."""

from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0117_a_desks_look"),
    ]

    operations = [database.Run("609fa4ac76867e77", needed=("search",))]
