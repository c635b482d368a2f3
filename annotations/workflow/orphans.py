"""What people do about marks that a new text has moved or lost (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import readiness
from annotations.models import Article, Claim, Mark, Orphan, User
from annotations.rights import Right
from annotations.text.anchors import trim
from annotations.text.reanchor import Cut
from annotations.vocabulary import (
    CameBy,
    ClaimStatus,
    MoveName,
    OrphanOutcome,
    SetAside,
    Triage,
)

from .core import Refused, lock_article, lock_claim, log, one_transaction, require
from .marking import place_at, triage_rows
from .outdating import note_change
from .table import LET_GO, SET_ASIDE, check, step
from .text import Foreseen, carry_over, outcomes, touched_by


@one_transaction
def confirm(article: Article, keys: Iterable[str], *, actor: User) -> list[Mark]:
    """Say that marks (by UUID) whose sentence changed still mean what they meant.

    Raises PermissionDenied; Refused when none of them waits for it any more.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    waiting = article.revision.marks.unconfirmed().filter(uuid__in=list(keys))
    marks = list(waiting.select_related("claim").order_by("start", "pk"))
    if not marks:
        raise Refused(_("These marks do not wait to be confirmed any more."))
    for mark in marks:
        mark.confirmed_by, mark.confirmed_at = actor, timezone.now()
        mark.save(update_fields=["confirmed_by", "confirmed_at"])
        words = {"exact": mark.exact}
        log(article.desk, MoveName.CONFIRM, actor, article=article, claim=mark.claim, detail=words)
    return marks


@one_transaction
def attach(orphan: Orphan, start: int, end: int, *, actor: User) -> Mark:
    """Say that the orphan's claim is made by the words from `start` to `end` of the current text.

    The span is trimmed as a selection is. Raises PermissionDenied; Refused, also for a span that is
    empty or outside the text.
    """
    article, orphan = _lock_orphan(orphan, actor)
    mark, revision = orphan.mark, orphan.revision
    lock_claim(mark.claim)
    place = place_at(revision, *trim(revision.text, start, end))
    made, _is_new = Mark.objects.get_or_create(
        claim=mark.claim,
        revision=revision,
        start=place.start,
        end=place.end,
        defaults={
            "exact": place.exact,
            "prefix": place.prefix,
            "suffix": place.suffix,
            "said_on": mark.said_on,
            "created_by": actor,
            "came_by": CameBy.ATTACHED,
            "came_from": mark,
        },
    )
    _settle(orphan, OrphanOutcome.ATTACHED, actor, placed=made)
    words = {"exact": [mark.exact, made.exact]}
    log(article.desk, MoveName.ATTACH, actor, article=article, claim=mark.claim, detail=words)
    triage_rows(article, touched_by(revision, [made]), Triage.CHECKWORTHY, actor)
    note_change(article, actor)
    return made


@one_transaction
def let_go(orphan: Orphan, why: str, *, actor: User, note: str = "") -> None:
    """Say that the orphan has no place in the article any more, or need not be checked.

    `why` is one of SetAside, but for a duplicate, which names its other. What is gone from one
    place but made elsewhere, or is with readers already, stays as it is; else its claim is set
    aside. Raises PermissionDenied, Refused.
    """
    if why not in SetAside.values or why == SetAside.DUPLICATE:
        raise Refused(_("Choose why the mark is let go."))
    article, orphan = _lock_orphan(orphan, actor)
    claim = lock_claim(orphan.mark.claim)
    gone = why == SetAside.GONE
    detail = {"why": why}
    if gone and (_has_a_place(claim) or claim.editions.exists()):
        log(
            article.desk,
            MoveName.LET_GO,
            actor,
            article=article,
            claim=claim,
            reason=note,
            detail=detail,
        )
    elif claim.status != ClaimStatus.SET_ASIDE:
        move = LET_GO if gone else SET_ASIDE
        check(move, claim, actor)
        step(move, claim, actor, note, detail=detail, set_aside=why, set_aside_note=note)
    _settle(orphan, OrphanOutcome.GONE if gone else OrphanOutcome.ASIDE, actor)
    note_change(article, actor)


def _has_a_place(claim: Claim) -> bool:
    return claim.marks.current().exists()


def _lock_orphan(orphan: Orphan, actor: User) -> tuple[Article, Orphan]:
    """The locked article and its orphan as it is now. Raises PermissionDenied, Refused."""
    article = lock_article(orphan.revision.article)
    require(actor, Right.MARK, article.desk)
    rows = Orphan.objects.select_related("revision", "mark__claim__desk")
    orphan = rows.get(pk=orphan.pk)
    if orphan.revision_id != article.revision.pk:
        raise Refused(_("There is a newer text of this article. Look at its marks."))
    if orphan.outcome != OrphanOutcome.OPEN:
        raise Refused(
            _("Somebody settled this already: %(outcome)s.")
            % {"outcome": orphan.get_outcome_display()}
        )
    return article, orphan


def _settle(
    orphan: Orphan, outcome: OrphanOutcome, actor: User, placed: Mark | None = None
) -> None:
    orphan.outcome, orphan.placed = outcome, placed
    orphan.settled_by, orphan.settled_at = actor, timezone.now()
    orphan.save(update_fields=["outcome", "placed", "settled_by", "settled_at"])


@one_transaction
def look_again(article: Article, *, actor: User) -> list[Foreseen]:
    """Look for the claims that have no place in the current text, nor wait for one.

    Such are claims that were brought back. Raises PermissionDenied.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    current = article.revision
    lost = Mark.objects.filter(
        claim__in=readiness.placeless(article, current), revision__article=article
    )
    marks = list(lost.last_places().select_related("claim", "revision").order_by("start", "pk"))
    cut_now = list(current.sentences.all())
    after = Cut(current.text, [(row.start, row.end) for row in cut_now])
    known = {orphan.mark_id: orphan for orphan in current.orphans.filter(mark__in=marks)}
    found = outcomes(current, cut_now, marks, after)
    carry_over(article, current, [each for each in found if each.mark.pk not in known], actor)
    for orphan in known.values():
        orphan.outcome, orphan.placed = OrphanOutcome.OPEN, None
        orphan.settled_by = orphan.settled_at = None
        orphan.save(update_fields=["outcome", "placed", "settled_by", "settled_at"])
    if found:
        log(article.desk, MoveName.LOOK_AGAIN, actor, article=article)
    return found
