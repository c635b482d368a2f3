from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing changes in the database: what a slug may hold is said in the model alone."""

    dependencies = [("annotations", "0031_known_moves")]

    operations = [
        migrations.AlterField(
            "article",
            "slug",
            models.SlugField(allow_unicode=True, editable=False, max_length=80),
        ),
        migrations.AlterField(
            "claim",
            "slug",
            models.SlugField(allow_unicode=True, blank=True, editable=False, max_length=80),
        ),
        migrations.AlterField(
            "correction",
            "changes",
            models.JSONField(
                help_text="[{field, before, after, language}], by the keys of editions.changes."
            ),
        ),
    ]
