from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0062_planning"),
    ]

    operations = [
        # A mark whose words are only printed otherwise comes along, to be confirmed.
        database.Run("8537d56b99acaf1e"),
    ]
