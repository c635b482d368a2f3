"""What texts were made from leaves its rows for the storage that keeps bytes by their hash.

An original at a time, each kept before its row lets go of it: ended midway, it goes on where it
stopped. One whose bytes are not what its hash says stays as it is, for `verify_copies` to tell.
What the release before writes meanwhile stays in its row, and is read from there.
"""

from hashlib import sha256

from django.db import migrations

import annotations.models.by_hash
from annotations import blobs

# A new database has no guards yet; where there are some, guards.sql is run again in the end.
LET_GO = """
do $$ begin
    if to_regproc('annotations_refuse_change') is not null then
        create or replace trigger original_no_update before update on annotations_original
            for each row when (
                (old.id, old.uuid, old.revision_id, old.name, old.address, old.charset, old.sha256)
                is distinct from
                (new.id, new.uuid, new.revision_id, new.name, new.address, new.charset, new.sha256)
                or (new.data is not null and old.data is distinct from new.data)
            ) execute function annotations_refuse_change();
    end if;
end $$;
"""
HOLD = """
do $$ begin
    if to_regproc('annotations_refuse_change') is not null then
        create or replace trigger original_no_update before update on annotations_original
            for each row when (old is distinct from new)
            execute function annotations_refuse_change();
    end if;
end $$;
"""


def move(apps, schema_editor):
    rows = apps.get_model("annotations", "Original").objects.filter(data__isnull=False)
    for key in rows.order_by("pk").values_list("pk", flat=True).iterator(1000):
        row = rows.get(pk=key)
        data = bytes(row.data)
        if sha256(data).hexdigest() == row.sha256:
            blobs.keep(data)
            rows.filter(pk=key).update(data=None)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0166_one_address_one_account")]

    operations = [
        migrations.AlterField(
            "original",
            "data",
            annotations.models.by_hash.KeptBytes(editable=False, null=True),
        ),
        migrations.RunSQL(LET_GO, migrations.RunSQL.noop),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RunSQL(HOLD, migrations.RunSQL.noop),
    ]
