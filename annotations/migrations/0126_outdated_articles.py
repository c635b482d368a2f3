"""A published article keeps since when readers have it otherwise than it is, and by whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CHANGED_SINCE = """
    update annotations_article article
    set outdated_since = line.at, outdated_by_id = line.actor_id
    from annotations_edition edition, lateral (
        select at, actor_id from annotations_transition
        where article_id = edition.article_id and at > edition.published_at and actor_id is not null
        and move in ('describe', 'revise') order by at desc, id desc limit 1
    ) line
    where edition.id = article.edition_id
"""
"""What was changed back meanwhile is found by the next change or edition."""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0123_links_and_locators"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="outdated_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                help_text="Who was the last to change what readers have not got yet.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="outdated_since",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Since when readers have it otherwise than it is; empty while they do not.",
                null=True,
            ),
        ),
        migrations.RunSQL(CHANGED_SINCE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("outdated_since__isnull", False)),
                fields=["desk", "outdated_since"],
                name="article_outdated",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outdated_by__isnull", True), ("outdated_since__isnull", True)),
                    models.Q(
                        ("outdated_by__isnull", False),
                        ("outdated_since__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="article_outdated_by_somebody",
            ),
        ),
    ]
