"""Which document each source describes, of those from before it was kept.

A batch a transaction; ended midway, it goes on where it stopped.
"""

from django.db import migrations

from annotations.text.documents import document_of

BATCH = 2000
# A source that work stands on may learn which document it is. As guards.sql has it: this text,
# because what that file says by now may need tables of later migrations. A new database has no
# guards yet.
LET_IN = """
do $$ begin
    if to_regproc('annotations_source_is_open') is not null then
        create or replace trigger source_of_submitted_no_update before update on annotations_source
            for each row when (to_jsonb(old) - 'document' is distinct from to_jsonb(new) - 'document')
            execute function annotations_source_is_open();
    end if;
end $$;
"""


def fill(apps, schema_editor):
    sources = apps.get_model("annotations", "Source").objects
    last = 0
    while rows := list(sources.filter(pk__gt=last, document="").order_by("pk")[:BATCH]):
        for row in rows:
            row.document = document_of(row.url, row.title, row.isbn)
        sources.bulk_update(rows, ["document"], batch_size=500)
        last = rows[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0070_sources")]

    operations = [
        migrations.RunSQL(LET_IN, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
