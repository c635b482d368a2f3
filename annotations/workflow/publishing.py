"""From approved claims to an edition, and from an edition back to a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotations import addresses, editions, readiness
from annotations.models import Article, Claim, Correction, Edition, Report, User
from annotations.rights import Right
from annotations.vocabulary import ArticleStatus, ClaimStatus, CorrectionKind

from .core import Refused, one_transaction, require
from .table import PUBLISH, PUBLISH_ARTICLE, REOPEN, check, perform, step
from .translations import lock_all_with_originals, lock_with_original, tell


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What readers are told of a change: its kind, and why."""

    kind: str
    why: str


def to_correct(article: Article) -> list[Claim]:
    """The approved claims that readers already have in an earlier edition."""
    approved = Claim.objects.made_in(article).filter(status=ClaimStatus.APPROVED)
    return list(approved.filter(editions__isnull=False).distinct().order_by("number"))


def publishing_objections(article: Article, actor: User) -> list[str]:
    """Why this person cannot publish the article now, in words; empty when they can."""
    made = Claim.objects.made_in(article).filter(status=ClaimStatus.APPROVED)
    approved = list(readiness.for_moves(made))
    objections = [blocker.text for blocker in readiness.blockers(article)]
    objections += [lack.text for lack in readiness.unmet_demands(article) if not lack.only_warns]
    objections += [why for claim in approved if (why := PUBLISH.objection(claim, actor))]
    if article.status == ArticleStatus.PUBLISHED and not approved and not _is_revised(article):
        objections.append(_("Nothing has changed since the last edition."))
    return objections


def _is_revised(article: Article) -> bool:
    """Whether the article has a newer text than its last edition, or another thing said of it."""
    last = editions.latest(article)
    if last is None or last.revision_id != article.revision.pk:
        return True
    now = editions.about(article) | {"uuid": str(article.uuid)}
    return any(last.content["article"].get(name) != value for name, value in now.items())


@one_transaction
def publish(
    article: Article, *, actor: User, notes: Mapping[int, CorrectionNote] | None = None
) -> Edition:
    """Publish the article and its approved claims: an edition of each.

    `notes` tells readers, by the key of each claim they already have, what was corrected and why.
    Raises PermissionDenied; Refused with everything that is in the way.
    """
    notes = notes or {}
    article = lock_with_original(article)
    require(actor, Right.PUBLISH, article.desk)
    claims = lock_all_with_originals(Claim.objects.made_in(article))
    if objections := publishing_objections(article, actor):
        raise Refused(" ".join(objections))
    for claim in to_correct(article):
        note = notes.get(claim.pk)
        if note is None or not note.why.strip() or note.kind not in CorrectionKind.values:
            raise Refused(
                _("Readers have “%(claim)s” already: say what kind of change this is, and why.")
                % {"claim": claim}
            )
    at = timezone.now()
    lacks = [_as_data(lack) for lack in readiness.unmet_demands(article)]
    for claim in claims:
        if claim.status == ClaimStatus.APPROVED:
            check(PUBLISH, claim, actor)
            step(PUBLISH, claim, actor, slug=claim.slug or _slug(claim))
            _edition_of_claim(claim, actor, at, notes.get(claim.pk))
    source = article.status
    step(PUBLISH_ARTICLE, article, actor, detail={"lacks": lacks} if lacks else {})
    last = editions.latest(article)
    number = last.number + 1 if last else 1
    edition = Edition.objects.create(
        desk=article.desk,
        article=article,
        number=number,
        revision=article.revision,
        content=editions.of_article(article, number=number, at=at),
        published_by=actor,
        published_at=at,
    )
    transaction.on_commit(partial(addresses.purge, edition.content))
    if source != ArticleStatus.PUBLISHED:
        tell(article, actor)
    return edition


def _as_data(lack: readiness.Blocker) -> dict[str, str]:
    """What a verdict lacks, for the log: which demand of the desk, of which claim and source."""
    return {
        "demand": lack.demand,
        "claim": str(lack.claim or ""),
        "source": lack.source.title if lack.source else "",
    }


def _slug(claim: Claim) -> str:
    return slugify(claim.claim_reviewed)[:80].strip("-") or "claim"


def _edition_of_claim(
    claim: Claim, actor: User, at: datetime, note: CorrectionNote | None
) -> Edition:
    """What readers get of the claim, with the public record of what changed."""
    earlier = Edition.objects.filter(claim=claim).order_by("-number")
    newest, before = earlier.first(), earlier.exclude(content__has_key="tombstone").first()
    number = newest.number + 1 if newest else 1
    content = editions.of_claim(claim, number=number, at=at)
    edition = Edition.objects.create(
        desk=claim.desk,
        claim=claim,
        number=number,
        verdict=readiness.current_verdict(claim),
        content=content,
        published_by=actor,
        published_at=at,
    )
    transaction.on_commit(partial(addresses.purge, content))
    if before is not None and note is not None:
        Correction.objects.create(
            edition=edition,
            kind=note.kind,
            why=note.why,
            changes=editions.changes(before.content, content),
            at=at,
        )
    if newest is None or newest != before:
        tell(claim, actor)
    return edition


def reopen(claim: Claim, *, actor: User, reason: str, report: Report | None = None) -> None:
    """Begin to correct a published claim. Its edition stays up, marked as being reviewed.

    With `report`, the reason is what a reader reported. Raises PermissionDenied, Refused.
    """
    detail = {"report": str(report.uuid)} if report else {}
    perform(REOPEN, claim, actor=actor, reason=reason, detail=detail)
