"""Taking back what readers have, at once and in public.

A manager may do it alone, for law or safety (rule 6); a second person confirms within a day. What
stood there leaves a tombstone: an edition that says what was taken back, when and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import second_person
from annotations.editions import making, tombstones
from annotations.editions.latest import latest
from annotations.editions.reading import read, read_article, read_claim
from annotations.models import Article, Claim, Correction, Edition, User
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, ClaimStatus, CorrectionKind, MoveName, NoticeKind

from . import notices
from .core import (
    Refused,
    lock_article,
    lock_articles,
    lock_claim,
    log,
    one_transaction,
    require,
)
from .issuing import CorrectionNote, correct, issue
from .outdating import differs
from .table import RETRACT, WITHDRAW, check, step
from .translations import lock_all_with_originals, lock_with_original


def pages_that_quote(article: Article) -> list[Edition]:
    """The standing editions of claims that hold words of the article, by the claim's number."""
    named = {"appearances": [{"article": {"slug": article.slug}}]}
    found = Edition.objects.standing().filter(desk=article.desk_id, claim__isnull=False)
    return list(
        found.filter(content__contains=named).select_related("claim").order_by("claim__number")
    )


@one_transaction
def withdraw(
    article: Article, *, actor: User, why: str, reason: str = "", going: Collection[int] = ()
) -> Edition:
    """Take a published article off its page at once. `why` is public, `reason` stays in the log.

    Nothing of its title, text and quotations stays on any page. Of its claims, those whose key is
    in `going` are taken off theirs as well; the pages of the others stay, without the article.
    Raises PermissionDenied, Refused.
    """
    gone = [edition.claim for edition in pages_that_quote(article) if edition.claim_id in going]
    others = Article.objects.filter(revisions__marks__claim__in=gone)
    locked = lock_all_with_originals([article, *others.exclude(pk=article.pk).distinct()])
    article, others_now = locked[0], locked[1:]
    require(actor, Right.WITHDRAW, article.desk)
    if article.status != ArticleStatus.PUBLISHED:
        raise Refused(_("“%(article)s” is not published.") % {"article": article})
    _refuse_without(why)
    at = timezone.now()
    pages = {page.claim_id: page for page in pages_that_quote(article)}
    for claim in lock_all_with_originals(page.claim for page in pages.values() if page.claim):
        if claim.pk in going:
            _take_page_off(claim, others_now, actor, why, reason, at)
        else:
            _leave_out(article, claim, pages[claim.pk], actor, why, at)
    return _bury(article, actor, why, reason, at)


def _bury(article: Article, actor: User, why: str, reason: str, at: datetime) -> Edition:
    last = latest(article)
    assert last is not None, "a published article has an edition"
    stands = read(last.content)
    # While it still counts as public: the pages of its translations are told that it is not.
    edition = issue(
        article,
        lambda number: tombstones.tombstone(stands, "withdrawn", why, number=number, at=at),
        actor=actor,
        at=at,
        revision=last.revision,
    )
    line = step(WITHDRAW, article, actor, reason or why)
    published = Claim.objects.made_in(article).exclude(verdict=None)
    notices.tell_of_line(notices.workers_on(published), NoticeKind.CORRECTED, line)
    return edition


def _leave_out(
    article: Article, claim: Claim, page: Edition, actor: User, why: str, at: datetime
) -> None:
    """The claim's next edition, without the article, and the public record of that."""
    stands = read_claim(page.content)
    edition = issue(
        claim,
        lambda number: tombstones.without_article(stands, article.slug, number=number, at=at),
        actor=actor,
        at=at,
        verdict=page.verdict,
    )
    correct(edition, page, CorrectionNote(CorrectionKind.UPDATE, why), at)


def _take_page_off(
    claim: Claim, articles: Iterable[Article], actor: User, why: str, reason: str, at: datetime
) -> None:
    """Withdraw the claim's page, whatever is being done to the claim; articles say so."""
    if claim.status == ClaimStatus.PUBLISHED:
        step(RETRACT, claim, actor, reason or why)
    else:
        log(
            claim.desk,
            RETRACT.name,
            actor,
            claim=claim,
            source=claim.status,
            target=claim.status,
            reason=reason or why,
        )
    _take_back(claim, articles, "withdrawn", actor, why, at)


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
    line = step(RETRACT, claim, actor, reason or why)
    notices.tell_of_line(notices.workers_on([claim]), NoticeKind.CORRECTED, line)
    return _take_back(claim, articles, "retracted", actor, why, timezone.now())


def _take_back(
    claim: Claim, articles: Iterable[Article], kind: str, actor: User, why: str, at: datetime
) -> Edition:
    """A tombstone on the claim's page, its public record, and editions of the locked articles."""
    last = latest(claim)
    assert last is not None, "a published claim has an edition"
    stands = read(last.content)
    edition = issue(
        claim,
        lambda number: tombstones.tombstone(stands, kind, why, number=number, at=at),
        actor=actor,
        at=at,
        verdict=last.verdict,
    )
    Correction.objects.create(
        edition=edition, kind=CorrectionKind.RETRACTION, why=why, changes=[], at=at
    )
    for article in articles:
        if article.status == ArticleStatus.PUBLISHED:
            _edition_without(article, claim, edition, actor)
    return edition


def _edition_without(article: Article, claim: Claim, edition: Edition, actor: User) -> None:
    """The article's next edition: as readers have it, but for the retracted verdict.

    What else was changed since is not in it: readers still wait for that.
    """
    last = latest(article)
    if last is None:
        return
    stands, at = read_article(last.content), edition.published_at
    told = making.correction(edition.correction)
    since, by = article.outdated_since, article.outdated_by
    issue(
        article,
        lambda number: tombstones.without_verdict(
            stands, str(claim.uuid), told, number=number, at=at
        ),
        actor=actor,
        at=at,
        revision=last.revision,
    )
    if since is not None and differs(article):
        article.outdated_since, article.outdated_by = since, by
        article.save(update_fields=["outdated_since", "outdated_by"])


@one_transaction
def confirm_taking_back(row: Article | Claim, *, actor: User) -> None:
    """Be the second person behind a withdrawal or retraction. Raises PermissionDenied, Refused."""
    row = lock_article(row) if isinstance(row, Article) else lock_claim(row)
    require(actor, Right.APPROVE, row.desk)
    line = second_person.taken_back_alone(row)
    if line is None:
        raise Refused(_("Nothing waits to be confirmed."))
    if line.actor_id == actor.pk:
        raise Refused(_("You withdrew or retracted it, so someone else confirms it."))
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
