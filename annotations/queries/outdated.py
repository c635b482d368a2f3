"""Published articles that were changed since: readers get it only when somebody publishes again."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations import closeness, moments
from annotations.models import Article, Desk, User
from annotations.prepared import PreparedRows
from annotations.queries.decisions import ways_to_publish
from annotations.queries.needs import Need, Queue, either
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus

MOST = 100
"""Articles that a queue names."""


def _waiting(desk: int, told: list[int]) -> QuerySet[Article]:
    rows = Article.objects.filter(desk=desk, outdated_since__isnull=False, on_hold="")
    rows = rows.exclude(pk__any_of=told).select_related("owner", "outdated_by")
    return rows.order_by("outdated_since", "pk")[:MOST]


_WAITING: PreparedRows[Article] = PreparedRows(_waiting, 2)


def add_outdated(found: Queue, desk: Desk, user: User, told: Collection[int]) -> None:
    """The longest waiting first; without those, by key, of which the queue tells already.

    Whoever changed one last publishes it only if somebody else approved it since (rule 6).
    """
    waiting = _WAITING(desk.pk, sorted(told))
    hands = closeness.hands([row for row in waiting if row.outdated_by_id == user.pk])
    crew = closeness.crew_of(desk) if hands else None
    for row in waiting:
        behind = hands.get(row.pk)
        if behind is None or crew is None or behind.may_publish(user.pk):
            found.now.append(_need(row, user))
        else:
            may = {key for key in crew.with_right(Right.PUBLISH) if behind.may_publish(key)}
            need = _waits(row, either(crew.people[key] for key in may))
            is_stuck = not may and not ways_to_publish(crew, behind)
            if is_stuck and user.pk in crew.with_right(Right.MANAGE):
                need.verb, need.page, need.icon = _("Invite somebody"), "people", "i-alert"
                found.stalled.append(need)
            else:
                found.waiting.append(need)


def _need(article: Article, user: User) -> Need:
    why = _("%(person)s changed it. What readers see has been out of date since %(day)s.")
    if article.outdated_by_id == user.pk:
        why = _(
            "You changed it. What readers see has been out of date since %(day)s."
            " Somebody else approved it: it can be published."
        )
    said = why % {"person": article.outdated_by, "day": _since(article)}
    stage = str(ArticleStatus.PUBLISHED.label)
    return Need(article, said, _("See what"), "approve", "i-flag", stage)


def _waits(article: Article, people: str) -> Need:
    why = _("You changed it. What readers see has been out of date since %(day)s.")
    if people:
        why += " " + _("It waits for %(people)s to publish it.")
    else:
        why += " " + _("Nobody else at the desk can publish it.")
    stage = str(ArticleStatus.PUBLISHED.label)
    said = why % {"day": _since(article), "people": people}
    return Need(article, said, _("See it"), "approve", "i-clock", stage)


def _since(article: Article) -> str:
    assert article.outdated_since is not None
    return moments.day(article.outdated_since)
