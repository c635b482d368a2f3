"""A desk may ask where in its source each citation stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0119_checks_like_a_claim"),
    ]

    operations = [
        migrations.AddField(
            "citation",
            "is_found",
            models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            "desk",
            "demand_locator",
            models.CharField(
                choices=[
                    ("off", "Not asked for"),
                    ("warn", "Missing: warn"),
                    ("block", "Missing: do not publish"),
                ],
                db_default="off",
                default="off",
                help_text=(
                    "A locator: a page, a paragraph, a time, a line. Or, of what has none of these,"
                    " words that were found in a saved copy. Not asked of confidential sources."
                ),
                max_length=10,
                verbose_name="where in its source each citation stands",
            ),
        ),
        migrations.AddConstraint(
            "desk",
            models.CheckConstraint(
                name="desk_demand_locator_is_known",
                condition=models.Q(("demand_locator__in", ["off", "warn", "block"])),
            ),
        ),
    ]
