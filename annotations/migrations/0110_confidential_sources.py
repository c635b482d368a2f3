"""Confidential sources: who they are, sealed and apart, and who may see it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0109_proofs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confidant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sealed", models.TextField(editable=False)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="IdentityNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("keep", "Wrote down who it is"),
                            ("see", "Looked at the name"),
                            ("confide", "Let somebody see the name"),
                            ("end", "Ended that somebody may see the name"),
                            ("forget", "Had the name forgotten"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="source",
            name="is_confidential",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Somebody who must not be named. The title says what readers may know: “an official of the ministry”. Who it is, is kept apart.",
                verbose_name="confidential",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_confidential", False),
                    models.Q(("document", ""), ("isbn", ""), ("url", "")),
                    _connector="OR",
                ),
                name="confidential_source_has_no_address",
                violation_error_message="A confidential source has no address and no ISBN.",
            ),
        ),
        migrations.AddField(
            model_name="confidant",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="confidant",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="confidant",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confidants",
                to="annotations.source",
            ),
        ),
        migrations.AddField(
            model_name="identity",
            name="kept_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="identity",
            name="source",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identity",
                to="annotations.source",
            ),
        ),
        migrations.AddField(
            model_name="identitynote",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="identitynote",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="identitynote",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identity_notes",
                to="annotations.source",
            ),
        ),
        migrations.AddConstraint(
            model_name="confidant",
            constraint=models.UniqueConstraint(fields=("source", "person"), name="confidant_once"),
        ),
        migrations.AddConstraint(
            model_name="identitynote",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["keep", "see", "confide", "end", "forget"])),
                name="identity_note_act_is_known",
            ),
        ),
        database.Run("a901a329b350c646"),
    ]
