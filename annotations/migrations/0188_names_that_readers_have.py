"""A desk keeps its address, a confidential source leads nowhere, and lists know who was erased."""

from django.db import migrations, models
from django.db.models import Q

from annotations import database

# No page of theirs is ever saved; but a row may have come in by hand, or in a made-up archive.
LEADS_NOWHERE = """
update annotations_source set leads_to = '' where is_confidential and leads_to <> ''
"""
NAMES = ["merge claimants", "part claimants", "change claimant", "erase"]


class Migration(migrations.Migration):
    dependencies = [("annotations", "0186_texts_one_by_one")]

    operations = [
        migrations.RunSQL(LEADS_NOWHERE, migrations.RunSQL.noop),
        migrations.RemoveConstraint("source", "confidential_source_has_no_address"),
        migrations.AddConstraint(
            "source",
            models.CheckConstraint(
                condition=Q(is_confidential=False) | Q(url="", isbn="", document="", leads_to=""),
                name="confidential_source_has_no_address",
                violation_error_message="A confidential source has no address and no ISBN.",
            ),
        ),
        migrations.RemoveIndex("transition", "transition_of_names"),
        migrations.AddIndex(
            "transition",
            models.Index(
                condition=Q(move__in=NAMES), fields=["desk", "-at"], name="transition_of_names"
            ),
        ),
        database.Run("4f86e99dc49e4bd9"),
    ]
