"""Files that the worker takes in, and how far it is."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0150_tallies"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("holds_checks", models.BooleanField(default=False)),
                ("data", models.BinaryField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Taken in"),
                            ("stopped", "Stopped"),
                            ("refused", "Not taken in"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                (
                    "tries",
                    models.PositiveIntegerField(
                        default=0, help_text="Since the last row that came in."
                    ),
                ),
                (
                    "total",
                    models.PositiveIntegerField(
                        help_text="Rows; unknown until it was read.", null=True
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                (
                    "odd",
                    models.JSONField(
                        default=list, help_text="[{place, value, code}], the first of them."
                    ),
                ),
                ("odd_count", models.PositiveIntegerField(default=0)),
                (
                    "problem",
                    models.CharField(blank=True, help_text="Why it was refused.", max_length=30),
                ),
                ("about_problem", models.JSONField(blank=True, default=dict)),
                (
                    "wrong",
                    models.JSONField(
                        default=list, help_text="[formats.tables.Wrong], at most 20,000."
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.desk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["at"],
                        name="file_import_to_do",
                    ),
                    models.Index(fields=["person", "desk", "-at"], name="file_import_of_person"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["ended_at"],
                        name="file_import_by_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "done", "stopped", "refused"])
                        ),
                        name="file_import_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("data", b""),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="file_import_waits_or_has_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done", 0),
                            models.Q(("done__lte", models.F("total")), ("total__isnull", False)),
                            _connector="OR",
                        ),
                        name="file_import_does_no_more_than_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "refused"), models.Q(("problem", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "refused"), _negated=True), ("problem", "")
                            ),
                            _connector="OR",
                        ),
                        name="file_import_is_refused_for_a_reason",
                    ),
                ],
            },
        ),
    ]
