"""Published verdicts that somebody was to look at again by a day that has come."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import Article, Claim, Desk, Mark
from annotations.prepared import Prepared
from annotations.queries.needs import Need
from annotations.vocabulary import ClaimStatus

MOST = 100
"""Claims that a queue names."""


def waiting(desk: Desk) -> list[Need]:
    """The claims whose day has come, the oldest first; each in the article where it came first."""
    found = [_Due(*row) for row in _DUE(desk.pk, timezone.localdate())]
    if not found:
        return []
    articles = Article.objects.select_related("owner").in_bulk([row.article for row in found])
    return [_need(articles[row.article], row) for row in found if row.article in articles]


class _Due(NamedTuple):
    claim: int
    claim_reviewed: str
    review_by: dt.date
    article: int


def _due(desk: int, today: dt.date) -> Any:
    first = Mark.objects.filter(claim=OuterRef("pk")).order_by("pk")
    rows = Claim.objects.filter(desk=desk, status=ClaimStatus.PUBLISHED, review_by__lte=today)
    where = Subquery(first.values("revision__article")[:1])
    return rows.order_by("review_by", "pk").values_list("pk", "claim_reviewed", "review_by", where)[
        :MOST
    ]


_DUE = Prepared(_due, 1, days=1)


def _need(article: Article, row: _Due) -> Need:
    day = row.review_by
    why = _("Is “%(claim)s” still true? It was to be looked at again by %(day)s.") % {
        "claim": row.claim_reviewed,
        "day": date_format(day, "SHORT_DATE_FORMAT"),
    }
    need = Need(article, why, _("Look"), "review", "i-alert", str(ClaimStatus.PUBLISHED.label))
    need.claim = row.claim
    need.due_at = timezone.make_aware(dt.datetime.combine(day, dt.time.max))
    return need
