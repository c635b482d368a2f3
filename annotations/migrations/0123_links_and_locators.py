"""Links of an article's text, and where in its file each sentence stands."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0120_where_citations_stand"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentence",
            name="locator",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Where in its file it stands: a page, a time, a line.",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("address", models.CharField(max_length=2000)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "start"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "start"), name="link_begins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))), name="link_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address__regex", "^https?://[!-~]+$")),
                        name="link_leads_to_the_web",
                    ),
                ],
            },
        ),
        database.Run("15d5e0f51f5fad47"),
    ]
