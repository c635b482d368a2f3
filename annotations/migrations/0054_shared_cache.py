"""The table that all processes and hosts share what they count in (settings.CACHES)."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command(
        "createcachetable", "factcheck_cache", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0053_people")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
