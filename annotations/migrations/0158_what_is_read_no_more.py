"""A column that nothing has read or written since 0050 goes; the database's rules of today."""

from django.db import migrations

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0157_index_of_changed_names"),
    ]

    operations = [
        migrations.RunSQL(
            "alter table annotations_incoming drop column if exists is_html",
            migrations.RunSQL.noop,
        ),
        database.Run("6767bb798bea0ac7"),
    ]
