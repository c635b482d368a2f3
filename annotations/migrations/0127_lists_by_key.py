"""The rows of public lists stand in the order of their keys where they are of one moment."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0126_outdated_articles"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="listing",
            options={"ordering": ["-published_at", "-edition_id"]},
        ),
    ]
