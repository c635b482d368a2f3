"""Indexes for what the desk owes and what readers look for, built beside the work of the day."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.contrib.postgres.operations import RemoveIndexConcurrently, ValidateConstraint
from django.db import migrations, models

from annotations.database.indexes import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0022_what_is_current_is_filled"),
    ]

    operations = [
        ValidateConstraint("article", "article_withdrawn_has_no_edition"),
        RemoveIndexConcurrently(
            model_name="edition",
            name="edition_words",
        ),
        RemoveIndexConcurrently(
            model_name="edition",
            name="edition_content",
        ),
        AddIndexConcurrently(
            model_name="annotation",
            index=models.Index(
                condition=models.Q(
                    ("disclosed_at__isnull", False),
                    ("revised_in_view", False),
                    ("submitted_at__isnull", False),
                ),
                fields=["-disclosed_at"],
                name="annotation_disclosed",
            ),
        ),
        AddIndexConcurrently(
            model_name="article",
            index=models.Index(
                condition=models.Q(("status", "draft")),
                fields=["desk", "-created_at"],
                name="article_drafts",
            ),
        ),
        AddIndexConcurrently(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("title"), "gin_trgm_ops"
                ),
                name="article_title_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="claim",
            index=models.Index(fields=["desk", "-id"], name="claim_newest"),
        ),
        AddIndexConcurrently(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("claim_reviewed"), "gin_trgm_ops"
                ),
                name="claim_by_word",
            ),
        ),
        AddIndexConcurrently(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("claim_reviewed", config="simple"),
                name="claim_by_whole_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="correction",
            index=models.Index(fields=["-at"], name="correction_newest"),
        ),
        AddIndexConcurrently(
            model_name="edition",
            index=models.Index(fields=["desk", "-id"], name="edition_last"),
        ),
        AddIndexConcurrently(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("content__has_key", "tombstone")),
                fields=["-published_at", "-id"],
                name="edition_tombstone",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="listing_words"),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["outlets", "topics"], name="listing_places"
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("article__isnull", False)),
                fields=["-published_at", "-edition"],
                name="listing_articles",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("article__isnull", False)),
                fields=["desk", "-published_at", "-edition"],
                name="listing_articles_of_desk",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("claim__isnull", False)),
                fields=["-published_at", "-edition"],
                name="listing_claims",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("claim__isnull", False)),
                fields=["desk", "-published_at", "-edition"],
                name="listing_claims_of_desk",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("claim__isnull", False)),
                fields=["desk", "claimant", "-published_at"],
                name="listing_claimants",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("claim__isnull", False)),
                fields=["desk", "rating_label", "-published_at"],
                name="listing_ratings",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                models.F("desk"),
                models.F("outlets__0"),
                condition=models.Q(("claim__isnull", False)),
                name="listing_outlets",
            ),
        ),
        AddIndexConcurrently(
            model_name="listing",
            index=models.Index(
                models.F("desk"),
                models.F("topics__0"),
                condition=models.Q(("claim__isnull", False)),
                name="listing_topics",
            ),
        ),
        AddIndexConcurrently(
            model_name="transition",
            index=models.Index(
                condition=models.Q(("move__in", ["withdraw", "retract"])),
                fields=["desk", "at"],
                name="transition_taken_back",
            ),
        ),
    ]
