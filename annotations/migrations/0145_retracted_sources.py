"""A watched page that says of itself that it was retracted is told of."""

from django.db import migrations, models

READ_AGAIN = "update annotations_watch set etag = '', last_modified = ''"
"""A server that says “the same” would never show a notice that stood there already."""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0139_order_of_a_saved_filter"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="sourcechange",
            name="change_kind_is_known",
        ),
        migrations.AddField(
            model_name="watch",
            name="notice",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="sourcechange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("gone", "The page is gone"),
                    ("moved", "The page moved"),
                    ("changed", "What was quoted stands there no more"),
                    ("retracted", "It says that it was retracted"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["gone", "moved", "changed", "retracted"])),
                name="change_kind_is_known",
            ),
        ),
        migrations.RunSQL(READ_AGAIN, migrations.RunSQL.noop),
    ]
