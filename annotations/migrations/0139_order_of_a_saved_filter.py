"""A saved filter keeps the order in which the board stood."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0135_jobs_are_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedfilter",
            name="sort",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Newest first"),
                    ("due", "Due first"),
                    ("age", "Oldest first"),
                    ("progress", "Most decided first"),
                    ("owner", "By owner"),
                    ("outlet", "By outlet"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", ["", "due", "age", "progress", "owner", "outlet"])),
                name="saved_filter_sort_is_known",
            ),
        ),
    ]
