"""What a desk's pages look like: one colour, and pictures by their SHA-256."""

from django.db import migrations, models

SHA256 = "^[0-9a-f]{64}$"
DIGEST = {"blank": True, "db_default": "", "default": "", "max_length": 64}


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0116_looking_again"),
    ]

    operations = [
        migrations.AddField(
            "desk",
            "colour",
            models.CharField(
                blank=True, db_default="", default="", max_length=7, verbose_name="colour"
            ),
        ),
        migrations.AddField("desk", "logo_file", models.CharField(verbose_name="logo", **DIGEST)),
        migrations.AddField(
            "desk", "logo_width", models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(
            "desk", "logo_height", models.PositiveSmallIntegerField(db_default=0, default=0)
        ),
        migrations.AddField("desk", "icon_file", models.CharField(**DIGEST)),
        migrations.AddField("desk", "touch_icon_file", models.CharField(**DIGEST)),
        migrations.AddConstraint(
            "desk",
            models.CheckConstraint(
                name="desk_colour_is_one",
                condition=models.Q(
                    ("colour", ""), ("colour__regex", "^#[0-9a-f]{6}$"), _connector="OR"
                ),
            ),
        ),
        migrations.AddConstraint(
            "desk",
            models.CheckConstraint(
                name="desk_logo_is_whole_or_none",
                condition=models.Q(
                    models.Q(
                        ("icon_file", ""),
                        ("logo_file", ""),
                        ("logo_height", 0),
                        ("logo_width", 0),
                        ("touch_icon_file", ""),
                    ),
                    models.Q(
                        ("icon_file__regex", SHA256),
                        ("logo_file__regex", SHA256),
                        ("logo_height__gte", 1),
                        ("logo_width__gte", 1),
                        ("touch_icon_file__regex", SHA256),
                    ),
                    _connector="OR",
                ),
            ),
        ),
    ]
