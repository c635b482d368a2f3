"""A saved filter keeps the order in which the board stood."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0131_kinds_of_sentences_hold"),
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
