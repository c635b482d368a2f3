"""Taking a mark out again, and putting back one that was taken out."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from annotations.models import Article, Mark, RemovedMark, User
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus

from .marking import mark
from .moves import Refused, lock_article, lock_claim, log, require


@transaction.atomic
def unmark(article: Article, placed: Mark, *, actor: User) -> RemovedMark:
    """Take a mark out of the current text. The claim stays, and the mark can be put back.

    A claim that is being checked keeps one mark at least: people work on the words it points at.
    Raises PermissionDenied, Refused.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    claim = lock_claim(placed.claim)
    found = Mark.objects.filter(pk=placed.pk, revision=article.revision).first()
    if found is None:
        raise Refused(_("That mark is not in the text any more."))
    others = claim.marks.filter(revision=found.revision).exclude(pk=found.pk)
    if claim.status != ClaimStatus.SPOTTED and not others.exists():
        raise Refused(
            _("“%(claim)s” is at the stage “%(status)s” and is marked nowhere else: set it aside.")
            % {"claim": claim, "status": claim.get_status_display()}
        )
    removed = RemovedMark.objects.create(
        claim=claim,
        revision=found.revision,
        start=found.start,
        end=found.end,
        exact=found.exact,
        said_on=found.said_on,
        removed_by=actor,
    )
    try:
        found.delete()
    except ProtectedError as why:
        raise Refused(_("Other work rests on that mark.")) from why
    log(article.desk, "unmark", actor, article=article, claim=claim, reason=f"“{found.exact}”")
    return removed


@transaction.atomic
def put_back(article: Article, removed: RemovedMark, *, actor: User) -> Mark:
    """Mark the words again that were taken out. Raises PermissionDenied, Refused."""
    article = lock_article(article)
    if removed.revision_id != article.revision.pk:
        raise Refused(_("The text has changed since that mark was taken out. Select the words."))
    return mark(
        article,
        removed.start,
        removed.end,
        actor=actor,
        claim=removed.claim,
        said_on=removed.said_on,
        exact=removed.exact,
    )
