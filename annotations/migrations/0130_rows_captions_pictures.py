"""Rows of tables and captions are kinds of their own, and pictures stand with their place."""

import uuid

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

from annotations import database

KINDS = [("heading", "Heading"), ("body", "Body"), ("row", "Table row")]
BLOCKS = [
    ("", "Paragraph"),
    ("list_item", "List item"),
    ("quote", "Block quotation"),
    ("caption", "Caption"),
]
# Checked of new rows at once; of those that are there, in the next migration, without a lock that
# keeps others from writing.
CONSTRAINTS = [
    models.CheckConstraint(
        name="sentence_kind_is_known", condition=Q(kind__in=[name for name, _label in KINDS])
    ),
    models.CheckConstraint(
        name="sentence_block_is_known", condition=Q(block__in=[name for name, _label in BLOCKS])
    ),
    models.CheckConstraint(
        name="sentence_body_is_numbered",
        condition=Q(kind="body", number__isnull=False) | (~Q(kind="body") & Q(number__isnull=True)),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("annotations", "0128_names_of_tables_and_fields")]

    operations = [
        *(migrations.RemoveConstraint("sentence", each.name) for each in CONSTRAINTS),
        migrations.AlterField(
            "sentence",
            "block",
            models.CharField(blank=True, choices=BLOCKS, db_default="", default="", max_length=10),
        ),
        migrations.AlterField("sentence", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField(
            "sentence",
            "number",
            models.PositiveIntegerField(
                help_text="Counted from 1 through the body; headings and rows have none.", null=True
            ),
        ),
        *(AddConstraintNotValid("sentence", each) for each in CONSTRAINTS),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "at",
                    models.PositiveIntegerField(
                        help_text="A code point of the sentence it stands with."
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=2000)),
                (
                    "alternative",
                    models.CharField(
                        blank=True,
                        help_text="The words that its page has for it.",
                        max_length=1000,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="annotations.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "at", "address"), name="picture_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(address="") | Q(address__regex="^https?://[!-~]+$"),
                        name="picture_is_on_the_web",
                    ),
                    models.CheckConstraint(
                        condition=~Q(address="") | ~Q(alternative=""), name="picture_is_something"
                    ),
                ],
            },
        ),
        database.Run("a1bf3b24975c3fc1"),
    ]
