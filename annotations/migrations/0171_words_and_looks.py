"""Indexes of words of findings and sources, and of desks with a look, built beside the work.

The desk's search read every verdict and source of the desk for each word; the search of readers
read every desk.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

from annotations.database.indexes import AddIndexConcurrently
from annotations.models.folding import Folded


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("annotations", "0169_addresses_in_small_letters"),
    ]

    operations = [
        AddIndexConcurrently(
            "verdict",
            GinIndex(
                OpClass(Folded("finding"), "gin_trgm_ops"),
                OpClass(Folded("justification"), "gin_trgm_ops"),
                name="verdict_by_word",
            ),
        ),
        AddIndexConcurrently(
            "source",
            GinIndex(
                OpClass(Folded("title"), "gin_trgm_ops"),
                OpClass(Folded("publisher"), "gin_trgm_ops"),
                OpClass(Folded("authors"), "gin_trgm_ops"),
                OpClass(Folded("url"), "gin_trgm_ops"),
                name="source_by_word",
            ),
        ),
        AddIndexConcurrently(
            "source",
            models.Index(
                name="source_by_isbn",
                fields=["isbn"],
                condition=models.Q(("isbn", ""), _negated=True),
            ),
        ),
        AddIndexConcurrently(
            "source",
            models.Index(name="source_newest", fields=["desk", "-added_at", "-id"]),
        ),
        AddIndexConcurrently(
            "desk",
            models.Index(
                name="desk_with_a_look",
                fields=["id"],
                condition=models.Q(("colour", ""), ("logo_file", ""), _negated=True),
            ),
        ),
    ]
