"""One check in several languages: which article is a translation of which.

All translations name one original, so that the articles of a group are found in one step. What
readers have of the group is told by the pages of its published members alone: a translation that
is being checked is nobody's business yet.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotations import addresses, editions
from annotations.models import Article, User
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus

from .moves import Refused, log, require

TOLD = "also in"
"""The log's line for each page that now names other languages than before: when it changed."""


def translation_group(article: Article) -> QuerySet[Article]:
    """The article and those tied to it as translations, the original first."""
    root = article.original_id or article.pk
    return Article.objects.filter(Q(pk=root) | Q(original=root)).order_by("pk")


@transaction.atomic
def translate(article: Article, original: Article, *, actor: User) -> None:
    """Record that the article is a translation of `original`, one of the same desk's.

    Raises PermissionDenied; Refused where the two are the same article or of one language, where
    either is tied otherwise, or where the original has a translation in that language.
    """
    if article.pk == original.pk:
        raise Refused(_("An article is not a translation of itself."))
    locked = _lock({article.pk, original.pk})
    article, original = locked[article.pk], locked[original.pk]
    require(actor, Right.IMPORT, article.desk)
    if why := _objection(article, original):
        raise Refused(why)
    article.original = original
    article.save(update_fields=["original"])
    log(article.desk, "translate", actor, article=article, reason=original.title)
    tell(article, actor)


@transaction.atomic
def untie(article: Article, *, actor: User) -> None:
    """Record that the article is not a translation of another after all.

    Raises PermissionDenied, Refused.
    """
    article = lock_with_original(article)
    require(actor, Right.IMPORT, article.desk)
    if article.original is None:
        raise Refused(_("“%(article)s” is not a translation.") % {"article": article})
    tell(article, actor)
    log(article.desk, "untie", actor, article=article, reason=article.original.title)
    article.original = None
    article.save(update_fields=["original"])


def tell(article: Article, actor: User) -> None:
    """Date and purge the pages that name another language for the article's sake.

    Called in the transaction in which it is tied, untied, published or withdrawn.
    """
    others = (
        translation_group(article).exclude(pk=article.pk).filter(status=ArticleStatus.PUBLISHED)
    )
    members = list(others.select_related("desk"))
    if not members or not article.editions.exists():
        return
    for each in (*members, article):
        log(each.desk, TOLD, actor, article=each, reason=article.title)
        last = editions.latest(each)
        assert last is not None, "a published article has an edition"
        transaction.on_commit(partial(addresses.purge, last.content))


def lock_with_original(article: Article) -> Article:
    """The article as it is now, held with its original until the transaction ends.

    So of two translations published at once the second finds the first, and both are told.
    """
    return _lock({article.pk, article.original_id} - {None})[article.pk]


def _lock(keys: set[int | None]) -> dict[int, Article]:
    """The articles by key, locked in that order so that no two moves cross."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("desk")
    return {each.pk: each for each in rows.filter(pk__in=keys).order_by("pk")}


def _objection(article: Article, original: Article) -> str:
    """Why the two cannot be tied, or an empty string."""
    names = {"article": article, "original": original, "language": article.language}
    if original.desk_id != article.desk_id:
        return _("“%(original)s” is another desk’s.") % names
    if article.original_id is not None:
        return _("“%(article)s” is a translation already.") % names
    if article.translations.exists():
        return _("“%(article)s” has translations itself: tie those to the original.") % names
    if original.original_id is not None:
        return _("“%(original)s” is a translation itself: choose its original.") % names
    if original.language == article.language:
        return _("Both are in the same language (%(language)s).") % names
    if original.translations.filter(language=article.language).exists():
        return _("“%(original)s” has a translation in that language (%(language)s).") % names
    return ""
