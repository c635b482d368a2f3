"""From annotations to an approved verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import demands, readiness
from annotations.models import (
    Annotation,
    Article,
    Citation,
    Claim,
    Membership,
    Rating,
    Sighting,
    Source,
    User,
    Verdict,
)
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus, Demand, NoticeKind, Task

from . import notices
from .assignments import ask, fulfil, settle
from .core import Refused, Stale, lock_article, lock_claim, lock_claims, one_transaction
from .locating import Looked
from .table import ADOPT, APPROVE, DECIDE, RETURN, SEND_BACK, check, step


@dataclass(frozen=True, slots=True)
class CitationDraft:
    """A citation to be written: which source, what it does to the claim, and where in it."""

    source: Source
    stance: str
    passage: str = ""
    locator: str = ""
    note: str = ""
    is_found: bool = False
    """Whether its words stood in a copy when it was handed in or decided before."""

    @classmethod
    def of(cls, row: Citation) -> CitationDraft:
        """A citation to be written once more, as it stands."""
        return cls(row.source, row.stance, row.passage, row.locator, row.note, row.is_found)

    @property
    def is_placed(self) -> bool:
        """As that of the citation which it becomes."""
        return Citation(source=self.source, locator=self.locator, is_found=self.is_found).is_placed


@dataclass(frozen=True, slots=True)
class VerdictDraft:
    """What a decider writes."""

    rating: Rating
    finding: str
    justification: str
    citations: list[CitationDraft] = field(default_factory=list)
    evidence_as_of: dt.date | None = None
    adopted: Annotation | None = None
    cause: str = ""
    reason: str = ""


def _write(claim: Claim, draft: VerdictDraft, decider: User | None) -> Verdict:
    """The next numbered verdict of the locked claim."""
    if draft.rating.scale_id != claim.desk.scale_id:
        raise Refused(_("That rating is not on the desk’s scale."))
    last = claim.verdict.number if claim.verdict else 0
    verdict = Verdict.objects.create(
        claim=claim,
        number=last + 1,
        rating=draft.rating,
        finding=draft.finding,
        justification=draft.justification,
        evidence_as_of=draft.evidence_as_of or timezone.localdate(),
        adopted=draft.adopted,
        decided_by=decider,
        decided_at=timezone.now(),
        cause=draft.cause,
        reason=draft.reason,
    )
    Citation.objects.bulk_create(
        Citation(
            verdict=verdict,
            source=citation.source,
            stance=citation.stance,
            passage=citation.passage,
            locator=citation.locator,
            note=citation.note,
            is_found=citation.is_found,
            position=position,
        )
        for position, citation in enumerate(draft.citations)
    )
    claim.verdict = verdict
    claim.save(update_fields=["verdict"])
    return verdict


def _unplaced(draft: VerdictDraft) -> Iterator[CitationDraft]:
    """What of it does not say where it stands; told as it is asked for, which most desks do not."""
    return (each for each in draft.citations if not each.is_placed)


def _looked_for(claim: Claim, draft: VerdictDraft, looked: Looked) -> VerdictDraft:
    """The draft with what of it was found in copies, where the desk asks where citations stand."""
    if claim.desk.demand_locator == Demand.OFF:
        return draft
    rows = [
        each if each.is_placed else replace(each, is_found=looked.stands(each))
        for each in draft.citations
    ]
    return replace(draft, citations=rows)


def as_draft(annotation: Annotation) -> VerdictDraft:
    """An annotation's own words and citations as a verdict."""
    assert annotation.rating is not None
    return VerdictDraft(
        rating=annotation.rating,
        finding=annotation.finding,
        justification=annotation.justification,
        citations=[CitationDraft.of(row) for row in annotation.citations.select_related("source")],
        adopted=annotation,
    )


def adopt(claim: Claim, annotation: Annotation, *, actor: User | None) -> Verdict:
    """Make an annotation the verdict of the locked claim; no actor: the policy did."""
    return _adopt(claim, as_draft(annotation), actor)


def _adopt(claim: Claim, draft: VerdictDraft, actor: User | None) -> Verdict:
    verdict = _write(claim, draft, actor)
    if actor is not None:
        Sighting.objects.note(actor, [claim.pk])
    step(ADOPT, claim, actor)
    fulfil(claim, Task.DECIDE, actor)
    return verdict


def decide(
    claim: Claim, draft: VerdictDraft, *, actor: User, based_on: str | None = None
) -> Verdict:
    """Write the desk's verdict on a claim whose annotations are all in.

    `based_on` is what `readiness.basis` named when the person was shown them, if it is known.
    Where ratings differ, the draft gives a cause and a reason. Raises PermissionDenied, Refused;
    Stale when there is another annotation or verdict since.
    """
    looked = Looked(actor).ahead(claim.desk, _unplaced(draft))
    return _decide(claim, draft, looked, actor=actor, based_on=based_on)


@one_transaction
def _decide(
    claim: Claim, draft: VerdictDraft, looked: Looked, *, actor: User, based_on: str | None
) -> Verdict:
    claim = lock_claim(claim)
    check(DECIDE, claim, actor)
    if based_on is not None and based_on != readiness.basis(claim):
        raise Stale(_("An annotation or a verdict changed since you saw them. Look again."))
    ratings = {annotation.rating_id for annotation in readiness.submitted(claim)}
    if len(ratings) > 1 and not (draft.cause and draft.reason.strip()):
        raise Refused(_("The ratings differ: say why they did, and give your reason."))
    draft = _looked_for(claim, draft, looked)
    if lack := _lacks(claim, draft.citations):
        raise Refused(lack)
    verdict = _write(claim, draft, actor)
    Sighting.objects.note(actor, [claim.pk])
    step(DECIDE, claim, actor, draft.reason)
    fulfil(claim, Task.DECIDE, actor)
    return verdict


def _lacks(claim: Claim, citations: list[CitationDraft]) -> str:
    """What the desk publishes no verdict without, and a decider can add."""
    desk, sources = claim.desk, [each.source for each in citations]
    if desk.demand_sources == Demand.BLOCK and len(set(sources)) < desk.sources_needed:
        return ngettext(
            "“%(claim)s” stands on fewer than %(count)d source",
            "“%(claim)s” stands on fewer than %(count)d sources",
            desk.sources_needed,
        ) % {"claim": claim, "count": desk.sources_needed}
    if desk.demand_primary == Demand.BLOCK and not any(each.is_primary for each in sources):
        return _("“%(claim)s” stands on no primary source") % {"claim": claim}
    lacking = next((each.source for each in citations if not each.is_placed), None)
    if desk.demand_locator == Demand.BLOCK and lacking is not None:
        return demands.no_place(lacking)
    return ""


def adopt_agreed(article: Article, *, actor: User, whose: int | None = None) -> list[Claim]:
    """Adopt the rating all checkers gave, for every claim of the article where they agree.

    `whose` is the key of the person whose text stands where they annotated; else any one's does.
    All that agree are adopted, or none. Raises PermissionDenied, Refused.
    """
    looked = Looked(actor)
    if article.desk.demand_locator != Demand.OFF:
        for claim in _waiting(article):
            if agreed := _agreed(claim, whose):
                looked.ahead(article.desk, _unplaced(as_draft(agreed)))
    return _adopt_agreed(article, looked, actor=actor, whose=whose)


def _waiting(article: Article) -> QuerySet[Claim]:
    return Claim.objects.made_in(article).filter(status=ClaimStatus.DECIDING)


def _agreed(claim: Claim, whose: int | None) -> Annotation | None:
    """The annotation that stands for all, where there are several and they agree."""
    annotations = list(readiness.submitted(claim))
    if len(annotations) < 2 or len({row.rating_id for row in annotations}) > 1:
        return None
    theirs = (row for row in annotations if row.assignment.person_id == whose)
    return next(theirs, annotations[0])


@one_transaction
def _adopt_agreed(
    article: Article, looked: Looked, *, actor: User, whose: int | None
) -> list[Claim]:
    article = lock_article(article)
    adopted = []
    for claim in lock_claims(_waiting(article)):
        if agreed := _agreed(claim, whose):
            check(DECIDE, claim, actor)
            draft = _looked_for(claim, as_draft(agreed), looked)
            if lack := _lacks(claim, draft.citations):
                raise Refused(lack)
            _adopt(claim, draft, actor)
            adopted.append(claim)
    if not adopted:
        raise Refused(_("No claim waits on which all ratings are the same."))
    return adopted


@one_transaction
def approve(claim: Claim, *, actor: User, based_on: int | None = None) -> None:
    """Record the approver's sign-off on the verdict, whose number is `based_on` if it is known.

    Raises PermissionDenied, Refused; Stale when there is a newer verdict.
    """
    claim = lock_claim(claim)
    check(APPROVE, claim, actor)
    if based_on is not None and (claim.verdict is None or claim.verdict.number != based_on):
        raise Stale(_("“%(claim)s” was decided again. Look at the verdict.") % {"claim": claim})
    # Whoever signs a verdict knows it, on whatever page or command they did it.
    Sighting.objects.note(actor, [claim.pk])
    line = step(APPROVE, claim, actor)
    notices.tell_of_line(notices.workers_on([claim]), NoticeKind.APPROVED, line)
    fulfil(claim, Task.APPROVE, actor)


@one_transaction
def send_back(claim: Claim, *, actor: User, reason: str, to: User | None = None) -> None:
    """Return a decided or approved claim with the reason, to its decider or to somebody named.

    Raises PermissionDenied, Refused.
    """
    claim = lock_claim(claim)
    check(SEND_BACK, claim, actor, reason)
    person = to or _decider(claim)
    Sighting.objects.note(actor, [claim.pk])
    step(SEND_BACK, claim, actor, reason)
    if person is not None:
        assignment = ask(claim, person, actor, None, Task.DECIDE)
        settle(RETURN, assignment, actor, reason)


def _decider(claim: Claim) -> User | None:
    """Who wrote the current verdict, if they still may."""
    verdict = claim.verdict
    author = verdict.decided_by if verdict else None
    if author is None or not Membership.objects.may(author, Right.DECIDE).filter(desk=claim.desk):
        return None
    return author
