"""Saved copies leave their rows for the storage that keeps bytes by their hash.

A copy at a time, each kept before its row lets go of it: ended midway, it goes on where it stopped.
One whose bytes are not what its hash says stays as it is, for `verify_copies` to tell.
"""

from hashlib import sha256

from django.db import migrations

from annotations import blobs

# As guards.sql has it: this text, because that file may need tables of later migrations by now.
# A new database has no guards yet.
LET_GO = """
do $$ begin
    if to_regproc('annotations_refuse_change') is not null then
        create or replace trigger snapshot_no_update before update on annotations_snapshot
            for each row when (
                (old.uuid, old.source_id, old.name, old.media_type, old.sha256, old.taken_by_id,
                 old.taken_at)
                is distinct from
                (new.uuid, new.source_id, new.name, new.media_type, new.sha256, new.taken_by_id,
                 new.taken_at)
                or (new.data is not null and old.data is distinct from new.data)
                or (old.size is distinct from new.size and old.data is null)
            ) execute function annotations_refuse_change();
    end if;
end $$;
"""


def move(apps, schema_editor):
    copies = apps.get_model("annotations", "Snapshot").objects.filter(data__isnull=False)
    for key in list(copies.order_by("pk").values_list("pk", flat=True)):
        copy = copies.get(pk=key)
        data = bytes(copy.data)
        if sha256(data).hexdigest() == copy.sha256:
            kept = blobs.keep(data)
            copies.filter(pk=key).update(data=None, size=kept.size)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotations", "0072_blobs")]

    operations = [
        migrations.RunSQL(LET_GO, migrations.RunSQL.noop),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
