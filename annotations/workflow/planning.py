"""Who looks after an article, by when it is wanted, how soon, and whether it waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotations.models import Article, Membership, User
from annotations.rights import Right
from annotations.vocabulary import MoveName, NoticeKind

from . import notices
from .core import Refused, Stale, lock_article, lock_articles, log, one_transaction, require


@one_transaction
def plan(
    article: Article, values: Mapping[str, Any], *, actor: User, base: Mapping[str, Any]
) -> list[str]:
    """Set when an article is due (UTC), its priority and what it waits for; returns what changed.

    `values` maps names of PLANNED to what they shall be, `base` to what the person was shown: what
    they left as it was stays as it is now. Raises
    PermissionDenied; Stale where somebody planned it otherwise meanwhile.
    """
    article = lock_article(article)
    require(actor, Right.ASSIGN, article.desk)
    now = {name: getattr(article, name) for name in values}
    changed = [name for name, new in values.items() if new not in (base[name], now[name])]
    if any(base[name] != now[name] for name in changed):
        raise Stale(_("Somebody changed the plan meanwhile. Look again."), current=article)
    if not changed:
        return []
    for name in changed:
        setattr(article, name, values[name])
    article.save(update_fields=changed)
    told = {name: [_as_data(now[name]), _as_data(values[name])] for name in changed}
    log(article.desk, MoveName.PLAN, actor, article=article, detail={"fields": told})
    return changed


def _as_data(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


@one_transaction
def hand_over(article: Article, owner: User | None, *, actor: User, based_on: int | None) -> None:
    """Say who looks after an article, or that nobody does.

    `based_on` is the key of who did when the person looked. Raises PermissionDenied; Refused for
    somebody who may not mark at the desk; Stale where it was handed over meanwhile.
    """
    article = lock_article(article)
    require(actor, Right.ASSIGN, article.desk)
    if owner is not None and not _may_own(owner, article):
        raise Refused(_("%(person)s may not mark claims at this desk.") % {"person": owner})
    if article.owner_id != based_on and article.owner != owner:
        raise Stale(_("It was handed over meanwhile. Look again."), current=article)
    _own(article, owner, actor)


@one_transaction
def look_after(article: Article, *, actor: User) -> None:
    """Take an article on that nobody looks after. Safe to call twice.

    Raises PermissionDenied; Refused where somebody else has taken it.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    if article.looked_after_by not in (None, actor.pk):
        raise Refused(_("%(person)s looks after it already.") % {"person": article.owner})
    _own(article, actor, actor)


def _may_own(person: User, article: Article) -> bool:
    return Membership.objects.may(person, Right.MARK).filter(desk=article.desk).exists()


def _own(article: Article, owner: User | None, actor: User | None, **detail: Any) -> None:
    """Write the owner of a locked article, log it, and tell them, unless they did it."""
    before = article.owner
    if owner == before:
        return
    article.owner = owner
    article.save(update_fields=["owner"])
    given_up = {"nobody": True} if owner is None else {}
    line = log(
        article.desk,
        MoveName.OWN,
        actor,
        article=article,
        person=owner or before,
        detail=detail | given_up,
    )
    if owner is not None:
        notices.tell_of_line([owner.pk], NoticeKind.HANDED, line)


def let_go_of_articles(desk_articles: Any, person: User, actor: User | None) -> None:
    """Articles of somebody who may not look after them any more are nobody's again."""
    for article in lock_articles(desk_articles.filter(owner=person)):
        _own(article, None, actor, left=str(person))
