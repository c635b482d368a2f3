"""Indexes for words whatever their accents, built beside the work of the day."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations
from django.db.models.functions import Left

from annotations.database.indexes import AddIndexConcurrently
from annotations.models.folding import Folded


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0103_folded_words"),
    ]

    operations = [
        AddIndexConcurrently(
            "article",
            GinIndex(OpClass(Folded("title"), "gin_trgm_ops"), name="article_title_folded"),
        ),
        AddIndexConcurrently(
            "claim",
            GinIndex(
                OpClass(Folded("claim_reviewed"), "gin_trgm_ops"), name="claim_by_word_folded"
            ),
        ),
        AddIndexConcurrently(
            "revision",
            GinIndex(
                OpClass(Folded(Left("text", 200_000)), "gin_trgm_ops"), name="revision_text_folded"
            ),
        ),
        RemoveIndexConcurrently("article", "article_title_words"),
        RemoveIndexConcurrently("claim", "claim_by_word"),
    ]
