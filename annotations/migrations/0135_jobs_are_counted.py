"""How often each job of the worker was done, and how often that went wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0131_kinds_of_sentences_hold"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="done",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="job",
            name="failed",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
