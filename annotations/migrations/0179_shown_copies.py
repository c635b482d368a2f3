"""A desk may let readers open the saved copies that its published verdicts stand on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0173_lost_passwords")]

    operations = [
        migrations.AddField(
            "desk",
            "shows_copies",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="Of what a published verdict stands on: the words of the copy, with what is quoted marked. Never of confidential sources. Off, readers get its day and its SHA-256.",
                verbose_name="readers can open saved copies",
            ),
        ),
    ]
