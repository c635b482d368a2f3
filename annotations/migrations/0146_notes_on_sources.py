"""Notes on cited sources, of what is still to be confirmed, and a desk’s rule on them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0145_retracted_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.TextField(verbose_name="what is still to be confirmed")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="desk",
            name="demand_confirmed",
            field=models.CharField(
                choices=[
                    ("off", "Not asked for"),
                    ("warn", "Missing: warn"),
                    ("block", "Missing: do not publish"),
                ],
                db_default="off",
                default="off",
                help_text="Blocked are handing in, for the author’s own notes, and publishing.",
                max_length=10,
                verbose_name="what annotators noted of a source as still to be confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(("demand_confirmed__in", ["off", "warn", "block"])),
                name="desk_demand_confirmed_is_known",
            ),
        ),
        migrations.AddField(
            model_name="sourcenote",
            name="annotation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="annotations.annotation",
            ),
        ),
        migrations.AddField(
            model_name="sourcenote",
            name="settled_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sourcenote",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="annotations.source",
            ),
        ),
        migrations.AddIndex(
            model_name="sourcenote",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["annotation"],
                name="source_note_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcenote",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True), name="source_note_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="source_note_settled_by_someone",
            ),
        ),
    ]
