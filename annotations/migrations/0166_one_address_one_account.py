"""One confirmed e-mail address is one account, in whatever capitals: the database holds it to that.

Where two accounts have confirmed the same address already, the one that was made first keeps it
confirmed. What was done to the others is said, with what to do, while this runs.
"""

import sys

from django.db import migrations
from django.db.models import Count
from django.db.models.functions import Lower

INDEX = """
create unique index annotations_one_account_an_address
on account_emailaddress (lower(email)) where verified
"""


def keep_one_of_each(apps, schema_editor):
    rows = apps.get_model("account", "EmailAddress").objects.filter(verified=True)
    rows = rows.annotate(lower=Lower("email"))
    shared = rows.values("lower").annotate(count=Count("pk")).filter(count__gt=1)
    for address in list(shared.order_by("lower").values_list("lower", flat=True)):
        same = rows.filter(lower=address)
        first, *others = same.select_related("user").order_by("user__date_joined", "pk")
        rows.filter(pk__in=[row.pk for row in others]).update(verified=False)
        names = sorted({row.user.username for row in others} - {first.user.username})
        if names:
            sys.stderr.write(_said(address, first.user.username, names))


def _said(address, first, others):
    return (
        f"\nThe address {address} was confirmed for more than one account. It is the address of"
        f" “{first}” from now on; for {', '.join(f'“{name}”' for name in others)} it is no longer"
        " confirmed, and everything else is as it was. Is it one person? Deactivate the accounts"
        " that they do not need (Administration, Users): their work and its name stay. Are they"
        " two? Each confirms an address of their own on the page of their account.\n"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("annotations", "0165_accounts_in_the_log"),
    ]

    operations = [
        migrations.RunPython(keep_one_of_each, migrations.RunPython.noop),
        migrations.RunSQL(INDEX, "drop index annotations_one_account_an_address"),
    ]
