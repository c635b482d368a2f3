"""Checks: opened, started, handed in, given back; disclosure happens when the last is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import demands, readiness
from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Citation,
    Claim,
    Desk,
    DraftVersion,
    Guidelines,
    Membership,
    SourceNote,
    User,
)
from annotations.prepared import PreparedRows
from annotations.rights import Right
from annotations.vocabulary import AssignmentStatus, ClaimStatus, Dealing, Demand, Task

from . import guards
from .assignments import ask, end_answer, settle
from .core import (
    Closed,
    Refused,
    Stale,
    lock_article,
    lock_claim,
    lock_claims,
    one_transaction,
    require,
    why_not,
)
from .dealing import deal
from .disclosing import disclose_if_all_in
from .locating import Looked
from .marking import end_steps
from .table import ASK_AGAIN, GIVE_BACK, OPEN_CHECKING, RESUME, RETURN, START, SUBMIT, check, step


@one_transaction
def open_checking(
    article: Article,
    people: Iterable[User],
    *,
    actor: User,
    due_at: datetime | None = None,
    way: Dealing = Dealing.ALL,
) -> list[Claim]:
    """Freeze the wording of every marked claim of the article, and have them checked.

    By all of these people, by as many of them as the policy asks for, dealt out evenly, or by
    whoever takes them from the queue (then `people` may be empty). Raises PermissionDenied;
    Refused when there are too few people, when nobody would be left to approve, or when nothing
    is marked. All claims open, or none.
    """
    article = lock_article(article)
    require(actor, Right.OPEN, article.desk)
    people = [] if way == Dealing.TAKEN else list(people)
    needed = article.desk.policy.annotations
    if way != Dealing.TAKEN and len(people) < needed:
        raise Refused(
            _("Each claim needs %(needed)d people who check it; you chose %(chosen)d.")
            % {"needed": needed, "chosen": len(people)}
        )
    claims = lock_claims(readiness.open_claims(article))
    if not claims:
        raise Refused(_("No marked claim waits for checking."))
    dealt = deal(claims, people, article.desk) if way == Dealing.DEALT else {}
    for claim in claims:
        check(OPEN_CHECKING, claim, actor)
        for person in dealt.get(claim.pk, people):
            ask(claim, person, actor, due_at)
        if not guards.approvers(claim, decider=None):
            raise Refused(
                _("If all of these check “%(claim)s”, nobody is left who may approve it.")
                % {"claim": claim}
            )
        step(OPEN_CHECKING, claim, actor)
    end_steps(article)
    return claims


def _own(actor: int, desk: int, pk: int) -> QuerySet[Assignment]:
    """The check, to be held, with what was written so far and when a version of it was kept last.

    Also the desk's scale, and whether the person may annotate there. The annotation is joined to
    what is locked, since nobody writes one who does not hold its claim, as whoever asks this does.
    """
    member = Membership.objects.may(User(pk=actor), Right.ANNOTATE).filter(desk=desk)
    scale = Desk.objects.filter(pk=desk).values("scale")
    kept = DraftVersion.objects.filter(annotation=OuterRef("annotation")).order_by("-at")
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk)
    beside = {
        "is_allowed": Exists(member),
        "scale": Subquery(scale),
        "kept_at": Subquery(kept.values("at")[:1]),
    }
    return rows.select_related("annotation").annotate(**beside).order_by()


_OWN: PreparedRows[Assignment] = PreparedRows(_own, 3)


def lock_own_check(assignment: Assignment, actor: User) -> tuple[Assignment, Claim]:
    """The person's own check and its claim, locked in order. Raises PermissionDenied, Closed.

    What was written so far came with the check (`draft_of`).
    """
    claim = lock_claim(assignment.claim)
    assignment = _OWN.get(actor.pk, claim.desk_id, assignment.pk)
    assignment.claim = claim
    if assignment.person_id != actor.pk:
        raise PermissionDenied(_("This check was asked of someone else."))
    if not assignment.is_allowed:
        raise PermissionDenied(why_not(Right.ANNOTATE, claim.desk, to=actor))
    if assignment.status not in OPEN or claim.status != ClaimStatus.CHECKING:
        raise Closed(_("Your annotation of “%(claim)s” is not open.") % {"claim": claim})
    return assignment, claim


def draft_of(assignment: Assignment) -> Annotation | None:
    """What was written so far of a check that `lock_own_check` gave."""
    annotation: Annotation | None = getattr(assignment, "annotation", None)
    if annotation is not None:
        annotation.kept_at = assignment.kept_at
    return annotation


@one_transaction
def start(assignment: Assignment, *, actor: User) -> Assignment:
    """Note that the person began; a returned check is begun again. Safe to call each time."""
    assignment, _claim = lock_own_check(assignment, actor)
    if assignment.status == AssignmentStatus.ASSIGNED:
        settle(START, assignment, actor)
    return assignment


def submit(assignment: Assignment, *, actor: User, based_on: int | None = None) -> Annotation:
    """Hand in one's annotation. The last one that is required discloses all of them at once.

    `based_on` is the version the person saw, if it is known. Raises PermissionDenied; Refused
    when the annotation is not complete, Stale when it was changed elsewhere meanwhile.
    """
    looked = Looked(actor)
    if assignment.person_id == actor.pk:
        own = Citation.objects.filter(annotation__assignment=assignment)
        looked.ahead(assignment.claim.desk, own.select_related("source"))
    return _submit(assignment, looked, actor=actor, based_on=based_on)


@one_transaction
def _submit(
    assignment: Assignment, looked: Looked, *, actor: User, based_on: int | None
) -> Annotation:
    assignment, claim = lock_own_check(assignment, actor)
    annotation = draft_of(assignment)
    if annotation is None or not (
        annotation.rating_id and annotation.finding and annotation.justification
    ):
        raise Refused(_("Choose a rating, write a finding and say why before you submit."))
    if annotation.rating is not None and annotation.rating.scale_id != claim.desk.scale_id:
        raise Refused(_("That rating is not on the desk’s scale."))
    lack = _lacks_sources(annotation, claim) or _lacks_places(annotation, claim, looked)
    if lack := lack or _lacks_confirmation(annotation, claim):
        raise Refused(lack)
    if based_on is not None and annotation.version != based_on:
        raise Stale(
            _("Your draft was changed in another window. Read it again, then submit."),
            current=annotation,
        )
    annotation.submitted_at = timezone.now()
    annotation.guidelines = Guidelines.objects.current(claim.desk)
    annotation.revised_in_view = _was_shown_others(claim, actor)
    annotation.save(update_fields=["submitted_at", "guidelines", "revised_in_view"])
    detail = {"revised_in_view": True} if annotation.revised_in_view else {}
    settle(SUBMIT, assignment, actor, detail=detail)
    disclose_if_all_in(claim)
    return annotation


def _lacks_sources(annotation: Annotation, claim: Claim) -> str:
    """What the desk publishes no verdict without is asked for while its author can still add it."""
    needed = claim.desk.sources_needed
    if claim.desk.demand_sources != Demand.BLOCK:
        return ""
    if annotation.citations.values("source").distinct().count() >= needed:
        return ""
    return ngettext(
        "The desk asks for a source: add it before you submit.",
        "The desk asks for %(count)d sources: add them before you submit.",
        needed,
    ) % {"count": needed}


def _lacks_places(annotation: Annotation, claim: Claim, looked: Looked) -> str:
    """Which citation does not say where it stands, if the desk asks; whether words were found is
    kept with each, for copies change and what is handed in does not."""
    if claim.desk.demand_locator == Demand.OFF:
        return ""
    lacking = ""
    for row in annotation.citations.select_related("source"):
        is_found = looked.stands(row)
        if row.is_found != is_found:
            row.is_found = is_found
            row.save(update_fields=["is_found"])
        if not lacking and not row.is_placed:
            lacking = demands.no_place(row.source)
    if not lacking or claim.desk.demand_locator != Demand.BLOCK:
        return ""
    return _("%(lacking)s: give its page, paragraph, time or line.") % {"lacking": lacking}


def _lacks_confirmation(annotation: Annotation, claim: Claim) -> str:
    """What its author noted as still to be confirmed, where the desk lets that stop them."""
    if claim.desk.demand_confirmed != Demand.BLOCK:
        return ""
    notes = SourceNote.objects.standing().filter(annotation=annotation)
    note = notes.select_related("source").first()
    return demands.to_confirm(note.source) if note else ""


@one_transaction
def resume(assignment: Assignment, *, actor: User) -> None:
    """Take one's submitted annotation back, as long as nobody can have read it.

    Raises PermissionDenied for somebody else's; Closed once others could read it.
    """
    if assignment.person_id != actor.pk:
        raise PermissionDenied(_("This check was asked of someone else."))
    claim = lock_claim(assignment.claim)
    require(actor, Right.ANNOTATE, claim.desk)
    assignment = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    assignment.claim = claim
    annotation = Annotation.objects.filter(assignment=assignment).first()
    if claim.status != ClaimStatus.CHECKING or assignment.status != AssignmentStatus.SUBMITTED:
        raise Closed(_("All annotations of “%(claim)s” are in.") % {"claim": claim})
    if annotation is None or annotation.disclosed_at is not None:
        raise Closed(_("Others have read your annotation of “%(claim)s”.") % {"claim": claim})
    settle(RESUME, assignment, actor)
    annotation.submitted_at = None
    annotation.save(update_fields=["submitted_at"])


def _was_shown_others(claim: Claim, person: User) -> bool:
    return claim.sightings.filter(person=person).exists()


@one_transaction
def give_back(assignment: Assignment, *, actor: User, reason: str) -> None:
    """Return a submitted annotation to its author, with the reason.

    Raises PermissionDenied, Refused.
    """
    claim = lock_claim(assignment.claim)
    check(GIVE_BACK, claim, actor, reason)
    assignment = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if assignment.status != AssignmentStatus.SUBMITTED:
        raise Refused(_("That annotation is not submitted."))
    if assignment.person_id == actor.pk:
        raise Refused(_("That is your own annotation."))
    step(GIVE_BACK, claim, actor, reason)
    assignment.claim = claim
    end_answer(RETURN, assignment, actor, reason)


@one_transaction
def ask_again(
    claim: Claim, person: User, *, actor: User, reason: str = "", due_at: datetime | None = None
) -> Assignment:
    """Ask one more person for a blind annotation before deciding.

    Raises PermissionDenied, Refused.
    """
    claim = lock_claim(claim)
    check(ASK_AGAIN, claim, actor)
    if claim.assignments.filter(person=person, task=Task.CHECK).exists():
        raise Refused(_("%(person)s has annotated it already.") % {"person": person})
    assignment = ask(claim, person, actor, due_at)
    step(ASK_AGAIN, claim, actor, reason)
    return assignment
