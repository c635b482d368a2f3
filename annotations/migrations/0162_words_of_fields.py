"""Words of two fields as one would say them; a note for developers is none for people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0161_orders_of_claims"),
    ]

    operations = [
        migrations.AlterField(
            model_name="correction",
            name="changes",
            field=models.JSONField(),
        ),
        migrations.AlterField(
            model_name="desk",
            name="corrected_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="With 0, it always says so.",
                verbose_name="days a corrected page says so at its top",
            ),
        ),
        migrations.AlterField(
            model_name="replyrequest",
            name="not_needed",
            field=models.TextField(blank=True, verbose_name="why nobody is asked"),
        ),
    ]
