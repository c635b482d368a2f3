"""What an article is about, for readers who look by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0008_mentions"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="topic",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="What it is about, in a word or two: “Health”. Readers can look by it.",
                max_length=60,
            ),
        ),
    ]
