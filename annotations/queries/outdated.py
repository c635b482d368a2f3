"""Published articles that were changed since: readers get it only when somebody publishes again."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import Article, Desk, User
from annotations.queries.needs import Need
from annotations.vocabulary import ArticleStatus

MOST = 100
"""Articles that a queue names."""


def waiting(desk: Desk, user: User, told: Collection[int]) -> list[Need]:
    """The longest waiting first; without those, by key, of which the queue tells already."""
    rows = Article.objects.filter(desk=desk, outdated_since__isnull=False).exclude(pk__in=told)
    rows = rows.select_related("owner", "outdated_by").order_by("outdated_since", "pk")
    return [_need(row, user) for row in rows[:MOST] if not row.on_hold]


def _need(article: Article, user: User) -> Need:
    since = date_format(timezone.localtime(article.outdated_since), "j M")
    if article.outdated_by_id == user.pk:
        why = _(
            "You changed it, and readers have had it otherwise since %(day)s."
            " Somebody else publishes it, or approves it first."
        )
    else:
        why = _("%(person)s changed it, and readers have had it otherwise since %(day)s.")
    said = why % {"person": article.outdated_by, "day": since}
    stage = str(ArticleStatus.PUBLISHED.label)
    return Need(article, said, _("See what"), "approve", "i-flag", stage)
