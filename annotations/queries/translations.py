"""What could be the original of a translation: of an article, and of the claims it makes."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, Min, OuterRef, QuerySet

from annotations.models import Article, Claim, Mark, Membership, User
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus

MOST = 20
"""Articles that are offered at once; words of the title find the others."""


def possible_originals(article: Article, user: User, words: str = "") -> QuerySet[Article]:
    """The articles that this one can be tied to by the person, newest first, MOST of them.

    Of the desks where the person adds articles: in another language, translations of nothing, not
    yet translated into this language, with each of the words in the title.
    """
    same = Article.objects.filter(original=OuterRef("pk"), language=article.language)
    found = Article.objects.filter(
        ~Exists(same),
        desk__in=_desks(user, Right.IMPORT),
        desk__is_sample=article.desk.is_sample,
        original__isnull=True,
    )
    found = found.exclude(pk=article.pk).exclude(language=article.language)
    for word in words.split():
        found = found.filter(title__holds=word)
    newest = found.order_by("-created_at", "-pk").values("pk")[:MOST]
    return Article.objects.filter(pk__in=newest).select_related("desk")


def _desks(user: User, right: Right) -> QuerySet[Any, Any]:
    return Membership.objects.may(user, right).values("desk")


def claims_to_tie(article: Article, user: User) -> QuerySet[Claim]:
    """The claims that a translation makes and its original does not, in reading order.

    Those set aside have no page of their own to be found by. None where the person does not mark
    at the desks of both.
    """
    original = article.original
    if original is None:
        return Claim.objects.none()
    allowed = set(_desks(user, Right.MARK).values_list("desk", flat=True))
    if not {article.desk_id, original.desk_id} <= allowed:
        return Claim.objects.none()
    there = Mark.objects.filter(claim=OuterRef("pk"), revision__article=original)
    return _in_reading_order(article).filter(~Exists(there)).select_related("original")


def claims_of_original(article: Article) -> QuerySet[Claim]:
    """The claims of the text that a translation translates, in reading order."""
    assert article.original is not None, "only a translation has an original"
    return _in_reading_order(article.original).filter(original__isnull=True)


def _in_reading_order(article: Article) -> QuerySet[Claim]:
    here = Claim.objects.filter(marks__revision=article.revision)
    here = here.exclude(status=ClaimStatus.SET_ASIDE)
    return here.annotate(first=Min("marks__start")).order_by(F("first"), "pk")
