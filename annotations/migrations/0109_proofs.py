"""Proof of time: the root of each day, what it stands for, and its stamps."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from annotations import database


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0108_moves_that_there_are"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyRoot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "day",
                    models.DateField(help_text="The last day (UTC) that it covers.", unique=True),
                ),
                (
                    "root",
                    models.CharField(help_text="SHA-256, in hexadecimal digits.", max_length=64),
                ),
                ("seed", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="annotations.dailyroot",
                    ),
                ),
            ],
            options={
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="RootLeaf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256, in hexadecimal digits.", max_length=64),
                ),
                (
                    "capture",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="annotations.capture",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="annotations.edition",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="annotations.dailyroot",
                    ),
                ),
                (
                    "snapshot",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="annotations.snapshot",
                    ),
                ),
            ],
            options={
                "ordering": ["root", "digest", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("capture__isnull", True),
                                ("edition__isnull", True),
                                ("snapshot__isnull", False),
                            ),
                            models.Q(
                                ("capture__isnull", False),
                                ("edition__isnull", True),
                                ("snapshot__isnull", True),
                            ),
                            models.Q(
                                ("capture__isnull", True),
                                ("edition__isnull", False),
                                ("snapshot__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="root_leaf_is_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("authority", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("stamped", "Stamped")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("token", models.BinaryField(null=True)),
                ("stamped_at", models.DateTimeField(help_text="As the authority says.", null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamps",
                        to="annotations.dailyroot",
                    ),
                ),
            ],
            options={
                "ordering": ["root", "authority"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at"],
                        name="stamp_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "stamped"])),
                        name="stamp_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("root", "authority"), name="stamp_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stamped_at__isnull", False),
                                ("state", "stamped"),
                                ("token__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "stamped"), _negated=True),
                                ("stamped_at__isnull", True),
                                ("token__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="stamp_has_its_token",
                    ),
                ],
            },
        ),
        database.Run("a64f80446c8ff2dd"),
    ]
