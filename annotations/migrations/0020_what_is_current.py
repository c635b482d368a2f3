"""Pointers to what is current, and the narrow rows that public lists and search read."""

import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


def pointer(to: str, help_text: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        db_index=False,
        editable=False,
        help_text=help_text,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=f"annotations.{to}",
    )


STANDS = "What readers are told today; empty where it was taken back."


class Migration(migrations.Migration):
    dependencies = [("annotations", "0012_claim_translations")]

    operations = [
        migrations.AddField("article", "edition", pointer("edition", STANDS)),
        migrations.AddField("claim", "edition", pointer("edition", STANDS)),
        migrations.AddField(
            "claim", "verdict", pointer("verdict", "The one with the highest number.")
        ),
        AddConstraintNotValid(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "withdrawn"), _negated=True)
                | models.Q(("edition__isnull", True)),
                name="article_withdrawn_has_no_edition",
            ),
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="annotations.edition",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="A claim's number at its desk.", null=True
                    ),
                ),
                ("slug", models.TextField()),
                (
                    "title",
                    models.TextField(help_text="The title of an article, the wording of a claim."),
                ),
                ("language", models.TextField(help_text="Of the text that the edition is about.")),
                ("claimant", models.TextField(blank=True)),
                ("claimant_description", models.TextField(blank=True)),
                (
                    "outlets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(blank=True),
                        help_text="Where it was published, the first first.",
                        size=None,
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(blank=True), size=None
                    ),
                ),
                (
                    "rating",
                    models.TextField(blank=True, help_text="The slug of a claim's rating."),
                ),
                ("rating_label", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "article",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="annotations.article",
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="annotations.claim",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.desk",
                    ),
                ),
            ],
            options={"ordering": ["-published_at", "-edition"]},
        ),
    ]
