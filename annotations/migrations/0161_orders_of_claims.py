"""A saved filter also keeps the orders in which claims are listed."""

from django.db import migrations, models

KNOWN = ["", "due", "age", "progress", "owner", "outlet", "stage", "claimant"]


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0158_what_is_read_no_more"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="savedfilter",
            name="saved_filter_sort_is_known",
        ),
        migrations.AlterField(
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
                    ("stage", "By stage"),
                    ("claimant", "By claimant"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort__in", KNOWN)),
                name="saved_filter_sort_is_known",
            ),
        ),
    ]
