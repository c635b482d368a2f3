"""Who was mentioned in a comment and has not been there since."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0007_workbench")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="unread_by",
            field=models.ManyToManyField(
                editable=False,
                related_name="unread_mentions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
