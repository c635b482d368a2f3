"""What the worker did besides its jobs is counted in rows, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0149_archives_stand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=20)),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "ordering": ["kind", "outcome"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "outcome"), name="tally_once")
                ],
            },
        ),
    ]
