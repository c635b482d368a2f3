"""Which articles could be the original of a translation."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from annotations.models import Article

MOST = 20
"""Articles that are offered at once; words of the title find the others."""


def possible_originals(article: Article, words: str = "") -> QuerySet[Article]:
    """The desk's articles that this one can be tied to, newest first, MOST of them.

    In another language, translations of nothing, and not yet translated into this language; with
    each of the words in the title.
    """
    same = Article.objects.filter(original=OuterRef("pk"), language=article.language)
    found = Article.objects.filter(~Exists(same), desk=article.desk_id, original__isnull=True)
    found = found.exclude(pk=article.pk).exclude(language=article.language)
    for word in words.split():
        found = found.filter(title__icontains=word)
    return Article.objects.filter(pk__in=found.order_by("-created_at", "-pk").values("pk")[:MOST])
