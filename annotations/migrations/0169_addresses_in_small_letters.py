"""The e-mail addresses of accounts in small letters, as they are looked for at the door.

One that was typed with capitals, in the administration or a command, let nobody in by it, and no
lost password was sent there.
"""

from django.db import migrations

SMALL = "update annotations_user set email = lower(email) where email <> lower(email)"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0168_bytes_of_originals")]

    operations = [migrations.RunSQL(SMALL, migrations.RunSQL.noop)]
