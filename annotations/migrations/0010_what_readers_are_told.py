"""What readers are told of a desk's people; what machines are told of the organisation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0009_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="data_licence",
            field=models.URLField(
                blank=True,
                db_default="",
                default="",
                help_text=(
                    "The address of the licence under which others may use our ClaimReview."
                ),
                verbose_name="licence of the data",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="logo",
            field=models.URLField(
                blank=True,
                db_default="",
                default="",
                help_text="A picture that sites which take over our ClaimReview may show.",
                verbose_name="address of the logo",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="people_shown",
            field=models.CharField(
                choices=[("names", "Their names"), ("roles", "Their roles, without names")],
                db_default="names",
                default="names",
                help_text="From the next edition on: what is published keeps what it shows.",
                max_length=10,
                verbose_name="what readers are told of who checked, decided and approved",
            ),
        ),
        migrations.AlterField(
            model_name="desk",
            name="corrected_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="0: for good.",
                verbose_name="days a corrected page says so at its top",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(people_shown__in=["names", "roles"]),
                name="desk_people_shown_is_known",
            ),
        ),
    ]
