"""A comment may ask for something to be confirmed before its claim is published."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0112_indexes_of_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="holds",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing waits for it"),
                    ("warn", "Warn who publishes while it is open"),
                    ("block", "Publish only once it is resolved"),
                ],
                db_default="",
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="source",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.source",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("holds__in", ["", "warn", "block"])),
                name="comment_hold_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("holds", ""), ("source__isnull", True)),
                    _connector="OR",
                ),
                name="comment_reply_holds_nothing",
            ),
        ),
    ]
