"""From approved claims to an edition, and from an edition back to a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import addresses, demands, readiness, second_person
from annotations.editions import making
from annotations.editions.content import ClaimEdition
from annotations.editions.latest import latest
from annotations.editions.reading import read
from annotations.models import Article, Claim, Edition, Report, User
from annotations.rights import Right
from annotations.text.slugs import slug_of
from annotations.vocabulary import ArticleStatus, ClaimStatus, CorrectionKind, NoticeKind

from . import notices
from .core import Refused, Stale, lock_article, one_transaction, require
from .issuing import CorrectionNote, correct, issue
from .marking import end_steps
from .outdating import differs
from .reviewing import still_to_come
from .table import APPROVE_ARTICLE, PUBLISH, PUBLISH_ARTICLE, REOPEN, check, perform, step
from .translations import lock_all_with_originals, lock_with_original


def to_correct(article: Article) -> list[Claim]:
    """The approved claims that readers already have in an earlier edition."""
    approved = Claim.objects.made_in(article).filter(status=ClaimStatus.APPROVED)
    return list(approved.filter(editions__isnull=False).distinct().order_by("number"))


def publishing_objections(article: Article, actor: User) -> list[str]:
    """Why this person cannot publish the article now, in words; empty when they can."""
    made = Claim.objects.made_in(article).filter(status=ClaimStatus.APPROVED)
    approved = list(readiness.for_moves(made))
    objections = [blocker.text for blocker in readiness.blockers(article)]
    objections += [lack.text for lack in demands.unmet_demands(article) if not lack.only_warns]
    objections += [why for claim in approved if (why := PUBLISH.objection(claim, actor))]
    if not approved and not _has_changed(article):
        return [*objections, _("Nothing has changed since the last edition.")]
    if why := is_alone(article, actor):
        objections.append(why)
    return objections


def _has_changed(article: Article) -> bool:
    """Whether there is anything to publish: what no move has touched need not be compared."""
    if article.status == ArticleStatus.PUBLISHED and second_person.last_change(article) is None:
        return False
    return differs(article)


def is_alone(article: Article, actor: User) -> str:
    """Why nobody but the person stands behind what readers would get, or an empty string.

    Rule 6 is about the whole act: whoever last changed text, marks, details or verdicts, and
    publishes, needs somebody who approved since; of the article, where nothing else was approved.
    """
    change = second_person.unseen_change(article, actor)
    if change is None or second_person.approved_since(article, change, but=actor.pk):
        return ""
    if second_person.last_change(article) != change:
        return _(
            "Nobody else has looked at what you changed: someone approves the article,"
            " or publishes it."
        )
    return _(
        "You were the last to change what readers get: someone else approves the article,"
        " or publishes it."
    )


def article_approval_objection(article: Article, actor: User) -> str:
    """Why the person cannot approve the article as it stands, or an empty string."""
    change = second_person.last_change(article)
    if change is None:
        return _("Nothing has changed since the last edition.")
    if blockers := readiness.blockers(article):
        return _("It cannot be published yet. %(why)s") % {"why": blockers[0].text}
    changer = second_person.changed_by(change)
    if changer == actor.pk:
        return _("You were the last to change what readers get, so someone else approves it.")
    if second_person.approved_since(article, change, but=changer or 0):
        return _("It is approved as it stands.")
    return ""


@one_transaction
def approve_article(article: Article, *, actor: User, based_on: str | None = None) -> None:
    """Stand behind the article as it is now, so that whoever changed it last may publish it.

    `based_on` is what `second_person.shown` named when the person looked at it, if it is known.
    Another change makes the approval void. Raises PermissionDenied, Refused, Stale.
    """
    article = lock_article(article)
    require(actor, Right.APPROVE, article.desk)
    shown = second_person.shown(article)
    if based_on is not None and based_on != shown:
        raise Stale(_("Something readers would see changed since you looked. Look again."))
    if why := article_approval_objection(article, actor):
        raise Refused(why)
    step(APPROVE_ARTICLE, article, actor, detail={"shown": shown})


@one_transaction
def publish(
    article: Article,
    *,
    actor: User,
    notes: Mapping[int, CorrectionNote] | None = None,
    based_on: str | None = None,
) -> Edition:
    """Publish the article and its approved claims: an edition of each.

    `notes` tells readers, by the key of each claim they already have, what was corrected and why.
    `based_on` is what `second_person.shown` named when the person looked at it, if it is known.
    Raises PermissionDenied; Refused with everything that is in the way; Stale when readers would
    get something else than the person saw.
    """
    notes = notes or {}
    article = lock_with_original(article)
    require(actor, Right.PUBLISH, article.desk)
    claims = lock_all_with_originals(Claim.objects.made_in(article))
    if based_on is not None and based_on != second_person.shown(article):
        raise Stale(_("Something readers would see changed since you looked. Look again."))
    if objections := publishing_objections(article, actor):
        raise Refused(" ".join(objections))
    corrected = to_correct(article)
    for claim in corrected:
        note = notes.get(claim.pk)
        if note is None or not note.why.strip() or note.kind not in CorrectionKind.values:
            raise Refused(
                _("Readers have “%(claim)s” already: say what kind of change this is, and why.")
                % {"claim": claim}
            )
    at = timezone.now()
    lacks = [_as_data(lack) for lack in demands.unmet_demands(article)]
    new: list[Claim] = []
    for claim in claims:
        if claim.status == ClaimStatus.APPROVED:
            check(PUBLISH, claim, actor)
            slug = claim.slug or slug_of(claim.claim_reviewed, "claim")
            line = step(PUBLISH, claim, actor, slug=slug, review_by=still_to_come(claim))
            _edition_of_claim(claim, article, actor, at, notes.get(claim.pk))
            if claim in corrected:
                notices.tell_of_line(notices.workers_on([claim]), NoticeKind.CORRECTED, line)
            else:
                new.append(claim)
        elif article.status == ArticleStatus.WITHDRAWN:
            _edition_with(claim, article, actor, at)
    line = step(PUBLISH_ARTICLE, article, actor, detail={"lacks": lacks} if lacks else {})
    notices.tell_of_line(notices.workers_on(new), NoticeKind.PUBLISHED, line)
    end_steps(article)
    return issue(
        article,
        lambda number: making.of_article(article, number=number, at=at),
        actor=actor,
        at=at,
        revision=article.revision,
    )


def _as_data(lack: readiness.Blocker) -> dict[str, str]:
    """What a verdict lacks, for the log: which demand of the desk, of which claim and source."""
    return {
        "demand": lack.demand,
        "claim": str(lack.claim or ""),
        "source": lack.source.title if lack.source else "",
    }


def _edition_of_claim(
    claim: Claim, article: Article, actor: User, at: datetime, note: CorrectionNote | None
) -> Edition:
    """What readers get of the claim, with the public record of what changed."""
    before = claim.editions.exclude(content__has_key="tombstone").order_by("-number").first()
    edition = issue(
        claim,
        lambda number: making.of_claim(claim, number=number, at=at, within=article),
        actor=actor,
        at=at,
        verdict=claim.verdict,
    )
    if before is not None and note is not None:
        correct(edition, before, note, at)
    return edition


def _edition_with(claim: Claim, article: Article, actor: User, at: datetime) -> None:
    """The claim's next edition, where it left out the article that is published again."""
    last = latest(claim)
    found = read(last.content) if last else None
    if last is None or not isinstance(found, ClaimEdition):
        return
    if article.slug in [work.slug for work in found.works]:
        return
    issue(
        claim,
        lambda number: making.again(found, claim, article, number=number, at=at),
        actor=actor,
        at=at,
        verdict=last.verdict,
    )


@one_transaction
def reopen(claim: Claim, *, actor: User, reason: str, report: Report | None = None) -> None:
    """Begin to correct a published claim. Its edition stays up, marked as being reviewed.

    With `report`, the reason is what a reader reported. Raises PermissionDenied, Refused.
    """
    detail = {"report": str(report.uuid)} if report else {}
    perform(REOPEN, claim, actor=actor, reason=reason, detail=detail)
    last = latest(claim)
    if last is not None:
        transaction.on_commit(partial(addresses.purge, read(last.content)))
