from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0074_captures"),
    ]

    operations = [
        # A mark whose words are only printed otherwise comes along, to be confirmed.
        database.Run("e2e4854e17b4db86"),
    ]
