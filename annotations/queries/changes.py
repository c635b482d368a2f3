"""Changed after publishing: pages on which published verdicts stand, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Article, Desk, Mark, SourceChange, User
from annotations.prepared import Prepared
from annotations.queries.needs import Need
from annotations.text.difference import Part, parts

MOST = 200
"""Changes of which the queue and a page tell."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as its page shows it."""

    row: SourceChange
    number: int
    """The claim's in reading order."""
    differences: list[tuple[str, list[Part]]]
    """Each passage that stands there no more, and how it became the words most like it; no parts
    where nothing is like it."""


def of_article(article: Article, numbers: Mapping[int, int], user: User) -> list[Changed]:
    """Of the article's claims, as far as the person may see them: the open ones first."""
    rows = SourceChange.objects.visible_to(user).filter(claim__in=list(numbers))
    rows = rows.select_related("source", "claim", "settled_by")
    # The open ones are not cut off behind those that came later and are settled.
    newest = rows.order_by(F("settled_at").desc(nulls_first=True), "-found_at", "pk")
    found = sorted(
        newest[:MOST],
        key=lambda row: (row.settled_at is not None, numbers[row.claim_id]),
    )
    return [Changed(row, numbers[row.claim_id], _differences(row)) for row in found]


def _differences(row: SourceChange) -> list[tuple[str, list[Part]]]:
    said = row.about.get("passages", ())
    return [
        (each["before"], parts(each["before"], each["now"]) if each["now"] else []) for each in said
    ]


def _waiting(reader: int, desk: int) -> Any:
    first = Mark.objects.filter(claim=OuterRef("claim")).order_by("pk")
    rows = SourceChange.objects.visible_to(User(pk=reader)).open().filter(claim__desk=desk)
    keys = rows.annotate(article=Subquery(first.values("revision__article")[:1]))
    return keys.order_by().values_list("article")[:MOST]


_WAITING = Prepared(_waiting, 2)


def waiting(desk: Desk, user: User) -> list[Need]:
    """What nobody has looked at, by article; nothing of claims that the person checks blind."""
    counted = Counter(article for (article,) in _WAITING(user.pk, desk.pk))
    if not counted:
        return []
    articles = Article.objects.select_related("owner").in_bulk(counted)
    return [_need(articles[key], count) for key, count in counted.items() if key in articles]


def _need(article: Article, count: int) -> Need:
    why = ngettext(
        "A page that a published claim relies on has changed.",
        "Pages that published claims rely on have changed %(count)d times.",
        count,
    ) % {"count": count}
    stage = _("Changed after publishing")
    return Need(article, why, _("Look"), "changes", "i-alert", stage)
