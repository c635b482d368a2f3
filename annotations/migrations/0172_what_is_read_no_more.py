"""A column that nothing has read or written since 0050 goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0147_notes_on_sources_stand"),
    ]

    operations = [
        migrations.RunSQL(
            "alter table annotations_incoming drop column if exists is_html",
            migrations.RunSQL.noop,
        ),
    ]
