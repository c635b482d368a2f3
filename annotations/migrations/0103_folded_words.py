"""Words are found whatever their accents and quotation marks, and in Chinese and Japanese too."""

from django.db import migrations

from annotations import database

# What stands is found by its words as they are folded now; the rows are made anew, a statement a
# thousand, so that memory is bounded.
_ANEW = """
do $$
declare
    last bigint := 0;
    upto bigint;
begin
    loop
        select max(edition_id) into upto from (
            select edition_id from annotations_listing where edition_id > last
            order by edition_id limit 1000) as next;
        exit when upto is null;
        update annotations_listing
        set words = annotations_edition_words(annotations_edition.content)
        from annotations_edition
        where annotations_edition.id = edition_id and edition_id > last and edition_id <= upto;
        last := upto;
    end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0099_claims_disclosed_last"),
    ]

    operations = [
        database.Run("5f58e1fe2490d3cf", needed=("search",)),
        migrations.RunSQL(_ANEW, migrations.RunSQL.noop),
    ]
