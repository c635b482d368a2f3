"""Published articles that readers have otherwise than they are now: what nobody would remember."""

from __future__ import annotations

from django.utils import timezone

from annotations.editions import making
from annotations.editions.changes import article_changes
from annotations.editions.latest import latest
from annotations.editions.reading import read_article
from annotations.models import Article, User
from annotations.vocabulary import ArticleStatus


def note_change(article: Article, actor: User) -> None:
    """Keep since when readers have a locked article otherwise than it is, and who changed it last.

    Nothing is kept of what readers do not have, nor of what was changed back.
    """
    if article.edition_id is None:
        return
    if differs(article):
        article.outdated_since = article.outdated_since or timezone.now()
        article.outdated_by = actor
    else:
        article.outdated_since = article.outdated_by = None
    article.save(update_fields=["outdated_since", "outdated_by"])


def differs(article: Article) -> bool:
    """Whether the next edition of the article would differ from the last in what readers see."""
    last = latest(article)
    if last is None or article.status != ArticleStatus.PUBLISHED:
        return True
    if last.revision_id != article.revision.pk:
        return True
    made = making.of_article(article, number=last.number, at=last.published_at)
    return bool(article_changes(read_article(last.content), made))
