"""Rows a person may see, with the role that says what they may do: 404 for strangers, else 403."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from annotations import rights, workflow
from annotations.models import (
    Article,
    Assignment,
    Claim,
    Desk,
    Mark,
    Membership,
    RemovedMark,
    User,
    looked_up,
)
from annotations.prepared import PreparedRows
from annotations.rights import Right


def _role(user: User, desk: str = "desk") -> Subquery:
    """The person's role at the row's desk.

    It fills the `role` that the models declare, which the type checker takes for a second field.
    """
    memberships = Membership.objects.filter(user=user.pk, desk=OuterRef(desk))
    return Subquery(memberships.order_by().values("role")[:1])


def _at_desk(user: int, desk: str) -> Q:
    """As `desks_of`, for one row that is pointed at: PostgreSQL plans it in half the time."""
    memberships = Membership.objects.may(User(pk=user), Right.READ)
    return looked_up(memberships.filter(desk=OuterRef(desk)))


def _article(user: int, pk: int) -> QuerySet[Article]:
    rows = Article.objects.filter(_at_desk(user, "desk"), pk=pk).order_by()
    return rows.select_related("desk").annotate(role=_role(User(pk=user)))  # type: ignore[no-redef]


_ARTICLE: PreparedRows[Article] = PreparedRows(_article, 2)


def article_for(user: User, pk: int, right: Right = Right.READ) -> Article:
    """The article, with its desk, its scale's key and the person's `role` there.

    Raises Http404 for a stranger and PermissionDenied for a member without the right.
    """
    article = _ARTICLE.one(user.pk, pk)
    if article is None:
        raise Http404
    require(article, right, user)
    return article


def claim_of(article: Article, pk: int) -> Claim:
    """A claim that the article makes, with its desk and claimants. Raises Http404."""
    claims = Claim.objects.made_in(article).select_related("desk", "claimant", "reports")
    return get_object_or_404(claims, pk=pk)


def own_check(user: User, key: str) -> Assignment:
    """One's own check by its UUID; anybody else's does not exist (rule 4)."""
    check = _OWN_CHECK.one(user.pk, uuid.UUID(str(key)))
    if check is None:
        raise Http404
    return check


def _own_check(user: int, key: uuid.UUID) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(_at_desk(user, "claim__desk"), person=user, uuid=key)
    return rows.select_related("claim__desk", "annotation").order_by()


_OWN_CHECK: PreparedRows[Assignment] = PreparedRows(_own_check, 1, uuids=1)


def article_of(claim: Claim) -> Article:
    """The article in which the claim was marked first: where its pages lead back to.

    Of one whose marks were all taken out, where the first of these was.
    """
    places = (
        Subquery(rows.filter(claim=claim).order_by("pk").values("revision__article")[:1])
        for rows in (Mark.objects, RemovedMark.objects)
    )
    return Article.objects.select_related("desk").get(pk=Coalesce(*places))


def articles_of(claims: Collection[int]) -> dict[int, int]:
    """As `article_of`, of many claims at once, by key: the key of each one's article."""
    found: dict[int, int] = {}
    for rows in (RemovedMark.objects, Mark.objects):  # what stands goes before what was taken out
        first = rows.filter(claim__in=claims).order_by("claim_id", "pk").distinct("claim_id")
        found |= dict(first.values_list("claim", "revision__article"))
    return found


def desks_for(user: User) -> list[Desk]:
    """The person's desks by name, each with the person's `role`."""
    return _DESKS(user.pk)


def _desks(user: int) -> QuerySet[Desk]:
    rows = Desk.objects.visible_to(User(pk=user))
    return rows.annotate(role=_role(User(pk=user), "pk"))  # type: ignore[no-redef]


_DESKS: PreparedRows[Desk] = PreparedRows(_desks, 1)


def may(row: Article | Claim | Desk, right: Right) -> bool:
    """Whether the role that came with the row has the right."""
    desk = row if isinstance(row, Desk) else row.desk
    return rights.allows(row.role, right, checkers_mark=desk.checkers_mark)


def require(row: Article | Claim | Desk, right: Right, user: User) -> None:
    """Raise PermissionDenied unless the role that came with the row for the user has the right."""
    if not may(row, right):
        desk = row if isinstance(row, Desk) else row.desk
        raise PermissionDenied(workflow.why_not(right, desk, to=user))
