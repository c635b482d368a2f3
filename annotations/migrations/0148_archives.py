"""What readers are sent to may be saved by other services: what was asked, and answered."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import annotations.models.base


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0147_notes_on_sources_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status", models.PositiveIntegerField()),
                ("said", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["request", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ArchiveRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("internet_archive", "the Internet Archive"),
                            ("own", "the desk’s own archive"),
                        ],
                        max_length=20,
                    ),
                ),
                ("address", models.CharField(max_length=2000)),
                ("host", models.CharField(blank=True, max_length=255)),
                ("wanted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be sent"),
                            ("asked", "Sent"),
                            ("answered", "Answered"),
                            ("failed", "Not saved there"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("job", models.CharField(blank=True, max_length=500)),
                ("problem", models.CharField(blank=True, max_length=20)),
                ("about_problem", models.JSONField(blank=True, default=dict)),
                ("archived_url", models.CharField(blank=True, max_length=2500)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["source", "service"],
            },
        ),
        migrations.AddField(
            model_name="desk",
            name="archiver",
            field=models.URLField(
                blank=True,
                db_default="",
                default="",
                help_text="An archive of your own that saves the same pages, such as Auto Archiver or ArchiveBox behind a webhook. No password and no token: what is sent there is signed.",
                validators=[annotations.models.base.no_credentials],
                verbose_name="address of the desk’s own archive",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="to_internet_archive",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Addresses of pages that were saved here are sent there once a verdict that stands on them is published, those of earlier checks too. What it saves is public, for good.",
                verbose_name="what readers are sent to is saved by the Internet Archive too",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(("archiver__contains", "@"), _negated=True),
                name="desk_archiver_has_no_password",
            ),
        ),
        migrations.AddField(
            model_name="archiverequest",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="archive_requests",
                to="annotations.source",
            ),
        ),
        migrations.AddField(
            model_name="archiveanswer",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="annotations.archiverequest",
            ),
        ),
        migrations.AddIndex(
            model_name="archiverequest",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True)),
                fields=["next_try_at"],
                name="archive_request_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="archiverequest",
            index=models.Index(fields=["host", "tried_at"], name="archive_request_by_host"),
        ),
        migrations.AddConstraint(
            model_name="archiverequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("service__in", ["internet_archive", "own"])),
                name="archive_request_service_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiverequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "asked", "answered", "failed"])),
                name="archive_request_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiverequest",
            constraint=models.UniqueConstraint(
                fields=("source", "service"), name="archive_request_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="archiverequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("state__in", ("waiting", "asked"))),
                    models.Q(
                        models.Q(("state__in", ("waiting", "asked")), _negated=True),
                        ("finished_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="archive_request_is_finished_or_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiverequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "answered"),
                    models.Q(("archived_at__isnull", True), ("archived_url", "")),
                    _connector="OR",
                ),
                name="archive_request_has_what_was_answered",
            ),
        ),
    ]
