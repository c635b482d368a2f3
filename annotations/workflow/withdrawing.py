"""Taking back what readers have, at once and in public.

A manager may do it alone, for law or safety (rule 6); a second person confirms within a day. What
stood there leaves a tombstone: an edition that says what was taken back, when and why.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import addresses, editions, readiness
from annotations.models import Article, Claim, Correction, Edition, User
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, CorrectionKind, MoveName

from .core import (
    Refused,
    lock_article,
    lock_articles,
    lock_claim,
    log,
    one_transaction,
    require,
)
from .table import RETRACT, WITHDRAW, check, step
from .translations import lock_with_original, tell


@one_transaction
def withdraw(article: Article, *, actor: User, why: str, reason: str = "") -> Edition:
    """Take a published article off its page at once. `why` is public, `reason` stays in the log.

    Raises PermissionDenied, Refused.
    """
    article = lock_with_original(article)
    require(actor, Right.WITHDRAW, article.desk)
    if article.status != ArticleStatus.PUBLISHED:
        raise Refused(_("“%(article)s” is not published.") % {"article": article})
    _refuse_without(why)
    last = editions.latest(article)
    assert last is not None, "a published article has an edition"
    step(WITHDRAW, article, actor, reason or why)
    tell(article, actor)
    at = timezone.now()
    transaction.on_commit(partial(addresses.purge, last.content))
    return Edition.objects.create(
        desk=article.desk,
        article=article,
        number=last.number + 1,
        revision=last.revision,
        content=editions.tombstone(last.content, "withdrawn", why, number=last.number + 1, at=at),
        published_by=actor,
        published_at=at,
    )


@one_transaction
def retract(claim: Claim, *, actor: User, why: str, reason: str = "") -> Edition:
    """Take a published verdict back. Its page says so, and so do the articles that make the claim.

    `why` is public, `reason` stays in the log. Raises PermissionDenied, Refused.
    """
    articles = lock_articles(
        Article.objects.filter(revisions__marks__claim=claim, status=ArticleStatus.PUBLISHED)
    )
    claim = lock_with_original(claim)
    check(RETRACT, claim, actor)
    _refuse_without(why)
    step(RETRACT, claim, actor, reason or why)
    at = timezone.now()
    last = Edition.objects.filter(claim=claim).latest("number")
    transaction.on_commit(partial(addresses.purge, last.content))
    edition = Edition.objects.create(
        desk=claim.desk,
        claim=claim,
        number=last.number + 1,
        verdict=last.verdict,
        content=editions.tombstone(last.content, "retracted", why, number=last.number + 1, at=at),
        published_by=actor,
        published_at=at,
    )
    Correction.objects.create(
        edition=edition, kind=CorrectionKind.RETRACTION, why=why, changes=[], at=at
    )
    tell(claim, actor)
    for article in articles:
        _edition_without(article, claim, edition, actor)
    return edition


def _edition_without(article: Article, claim: Claim, edition: Edition, actor: User) -> None:
    """The article's next edition: as readers have it, but for the retracted verdict."""
    last = editions.latest(article)
    if last is None:
        return
    transaction.on_commit(partial(addresses.purge, last.content))
    Edition.objects.create(
        desk=article.desk,
        article=article,
        number=last.number + 1,
        revision=last.revision,
        content=editions.without_verdict(
            last.content, claim, edition.correction, number=last.number + 1, at=edition.published_at
        ),
        published_by=actor,
        published_at=edition.published_at,
    )


@one_transaction
def confirm_taking_back(row: Article | Claim, *, actor: User) -> None:
    """Be the second person behind a withdrawal or retraction. Raises PermissionDenied, Refused."""
    row = lock_article(row) if isinstance(row, Article) else lock_claim(row)
    require(actor, Right.APPROVE, row.desk)
    line = readiness.taken_back_alone(row)
    if line is None:
        raise Refused(_("Nothing waits to be confirmed."))
    if line.actor_id == actor.pk:
        raise Refused(_("You took it back, so someone else confirms it."))
    name = "article" if isinstance(row, Article) else "claim"
    log(
        row.desk,
        MoveName.CONFIRM_TAKING_BACK,
        actor,
        source=row.status,
        target=row.status,
        **{name: row},
    )


def _refuse_without(why: str) -> None:
    if not why.strip():
        raise Refused(_("Say why, for readers: the page will say it."))
