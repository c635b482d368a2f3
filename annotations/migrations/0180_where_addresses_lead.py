"""A source says to which document its address was found to lead."""

from django.db import migrations, models
from django.db.models import Q

from annotations import database


class Migration(migrations.Migration):
    dependencies = [("annotations", "0179_shown_copies")]

    operations = [
        migrations.AddField(
            "source",
            "leads_to",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=500),
        ),
        migrations.AddIndex(
            "source",
            models.Index(
                condition=~Q(leads_to=""), fields=["desk", "leads_to"], name="source_leads_to"
            ),
        ),
        database.Run("604d07ea10edc058"),
    ]
