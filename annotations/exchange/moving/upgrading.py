"""Rows of earlier versions, as today's: the one place that knows what they lacked.

Each version has a step to the next. What a row lacked is said as the migration that brought it
said it of rows which were there; what has to be found among other rows is found once all are here.
`tests/data/archives` holds archives of every shape that ever left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet

from annotations import models as m
from annotations.formats.lossless import ROW, VERSION
from annotations.vocabulary import MoveName
from annotations.workflow.outdating import differs

from .scope import Scope, rows_of
from .tables import described

Row = dict[str, Any]

_LACKED_BY_1: dict[str, Row] = {
    "source": {"is_confidential": False, "leads_to": ""},
    "comment": {"holds": "", "source": None},
    "claimant": {"same_as": None},
    "claim": {"review_by": None},
    "desk": {
        "colour": "",
        "logo_file": "",
        "logo_width": 0,
        "logo_height": 0,
        "icon_file": "",
        "touch_icon_file": "",
        "demand_locator": "off",
        "demand_confirmed": "off",
        "to_internet_archive": False,
        "shows_copies": False,
        "archiver": "",
    },
    "article": {"outdated_since": None, "outdated_by": None},
    "sentence": {"locator": ""},
    "citation": {"is_found": False},
    "saved_filter": {"sort": ""},
}
"""Version 1 left in eleven shapes, each with more than the one before: a row says what it has."""


def _from_1(row: Row) -> Row:
    return _LACKED_BY_1.get(row.get(ROW, ""), {}) | row


STEPS: dict[int, Callable[[Row], Row]] = {1: _from_1}
"""From each version to the next."""


def upgraded(row: Row, version: int) -> Row:
    """The row as this version has it; what it should not hold is still in it."""
    for step in range(version, VERSION):
        row = STEPS[step](row)
    return row


def settle(scope: Scope, version: int) -> None:
    """Find what rows of this version did not say, now that all of them are here."""
    if version == 1:
        _find_outdated(rows_of(described()["article"].part, scope))


def _find_outdated(articles: QuerySet[m.Article]) -> None:
    """Since when readers have an article otherwise than it is, by the log (migration 0126)."""
    for article in articles.filter(edition__isnull=False, outdated_since=None).iterator(100):
        lines = article.transitions.filter(
            at__gt=F("article__edition__published_at"),
            move__in=(MoveName.DESCRIBE, MoveName.REVISE),
            actor__isnull=False,
        ).order_by("at", "pk")
        first, last = lines.first(), lines.last()
        if first and last and differs(article):
            article.outdated_since, article.outdated_by = first.at, last.actor
            article.save(update_fields=["outdated_since", "outdated_by"])
