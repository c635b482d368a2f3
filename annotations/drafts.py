"""Saves of work in progress: each carries the version it was based on and an idempotency key.

A stale save is refused with everything needed to show base, theirs and yours (rule 9). A repeated
save has one effect. No status is written here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    OPEN,
    Annotation,
    Assignment,
    Citation,
    Claim,
    DraftVersion,
    Membership,
    Rating,
    Receipt,
    Sighting,
    Snapshot,
    Source,
    User,
)
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus

A = TypeVar("A", int, str)


class Stale(Exception):
    """The row was changed since the person read it; `current` is the row as it is now."""

    def __init__(self, current: Annotation | Claim) -> None:
        super().__init__(_("This was changed while you worked on it."))
        self.current = current


class Closed(Exception):
    """The row does not take saves any more; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a checker has typed so far. A draft may be incomplete."""

    rating: Rating | None = None
    finding: str = ""
    justification: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A document as a checker describes it."""

    title: str
    publisher: str = ""
    url: str = ""
    published_on: str = ""
    is_primary: bool = False


def _done(person: User, key: uuid.UUID | None) -> dict[str, Any] | None:
    """What was answered to the save with this key, if it was done before."""
    if key is None:
        return None
    receipt = Receipt.objects.filter(person=person, key=key).first()
    return receipt.answer if receipt else None


def _give_receipt(person: User, key: uuid.UUID | None, answer: dict[str, Any]) -> None:
    if key is not None:
        Receipt.objects.create(person=person, key=key, answer=answer)


def _lock_own_check(assignment: Assignment, person: User) -> Assignment:
    claims = Claim.objects.select_for_update(of=("self",)).select_related("desk")
    claim = claims.get(pk=assignment.claim_id)
    member = Membership.objects.may(person, Right.ANNOTATE).filter(desk=claim.desk)
    rows = Assignment.objects.select_for_update(of=("self",)).annotate(  # type: ignore[no-redef]
        is_allowed=Exists(member)
    )
    assignment = rows.get(pk=assignment.pk)
    assignment.claim = claim
    if assignment.person_id != person.pk:
        raise PermissionDenied(_("This check was asked of someone else."))
    if not assignment.is_allowed:
        raise PermissionDenied(_("You may not annotate at this desk."))
    if assignment.status not in OPEN or claim.status != ClaimStatus.CHECKING:
        raise Closed(_("Your annotation of “%(claim)s” is not open.") % {"claim": claim})
    return assignment


def _annotation_at(assignment: Assignment, based_on: int) -> Annotation:
    """The annotation to write to. Version 0 stands for none yet. Raises Stale."""
    kept = DraftVersion.objects.filter(annotation=OuterRef("pk")).order_by("-at").values("at")[:1]
    rows = Annotation.objects.annotate(kept_at=Subquery(kept))  # type: ignore[no-redef]
    annotation = rows.filter(assignment=assignment).first()
    if annotation is None:
        return Annotation(assignment=assignment, version=0)
    if annotation.version != based_on:
        raise Stale(annotation)
    return annotation


def _touch(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.saved_at = timezone.now()
    annotation.save()


def answered(person: User, key: uuid.UUID | None) -> str | None:
    """The address that was the answer to this key before, if it was used for `once`."""
    done = _done(person, key)
    return str(done["answer"]) if done and "answer" in done else None


@transaction.atomic
def once(person: User, key: uuid.UUID | None, do: Callable[[], A]) -> A:
    """What `do` answers (a number or a text), or answered to this key before.

    So a repeated save has one effect, and the same answer.
    """
    # Two copies of one request wait here.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if (done := _done(person, key)) is not None:
        return cast(A, done["answer"])
    answer = do()
    _give_receipt(person, key, {"answer": answer})
    return answer


@transaction.atomic
def save_annotation(
    assignment: Assignment,
    answer: Answer,
    *,
    person: User,
    based_on: int,
    key: uuid.UUID | None = None,
) -> int:
    """Keep what the checker typed; returns the new version.

    Raises Stale, Closed, PermissionDenied.
    """
    assignment = _lock_own_check(assignment, person)
    if (done := _done(person, key)) is not None:
        return int(done["version"])
    annotation = _annotation_at(assignment, based_on)
    if annotation.pk is not None:
        _keep_version(annotation, at_once=_loses_much(annotation, answer))
    if answer.rating is not None and answer.rating.scale_id != assignment.claim.desk.scale_id:
        raise Closed(_("That rating is not on the desk’s scale."))
    for field in fields(answer):
        setattr(annotation, field.name, getattr(answer, field.name))
    _touch(annotation)
    _give_receipt(person, key, {"version": annotation.version})
    return annotation.version


def _source(desk: Any, person: User, draft: SourceDraft) -> Source:
    """The person's own source of this description, found again or made."""
    what = {field.name: getattr(draft, field.name) for field in fields(draft)}
    found = Source.objects.filter(desk=desk, added_by=person, **what).first()
    return found or Source.objects.create(desk=desk, added_by=person, **what)


@transaction.atomic
def save_citation(
    assignment: Assignment,
    source: SourceDraft,
    *,
    person: User,
    stance: str,
    passage: str = "",
    locator: str = "",
    note: str = "",
    citation: Citation | None = None,
    key: uuid.UUID | None = None,
) -> Citation:
    """Cite a source in one's open annotation, or change that citation.

    Raises Closed, PermissionDenied.
    """
    assignment = _lock_own_check(assignment, person)
    if (done := _done(person, key)) is not None:
        return Citation.objects.get(uuid=done["citation"])
    annotation = Annotation.objects.filter(assignment=assignment).first()
    if annotation is None:
        annotation = Annotation.objects.create(assignment=assignment)
    if citation is None:
        citation = Citation(annotation=annotation, position=annotation.citations.count())
    elif citation.annotation_id != annotation.pk:
        raise PermissionDenied(_("That citation belongs to another annotation."))
    else:
        _keep_version(annotation, at_once=True)
    citation.source = _source(assignment.claim.desk, person, source)
    citation.stance, citation.passage = stance, passage
    citation.locator, citation.note = locator, note
    citation.save()
    _give_receipt(person, key, {"citation": str(citation.uuid)})
    return citation


@transaction.atomic
def remove_citation(assignment: Assignment, citation: Citation, *, person: User) -> None:
    """Take a citation out of one's open annotation; its source stays, and it can be brought back.

    Raises Closed, PermissionDenied.
    """
    assignment = _lock_own_check(assignment, person)
    if citation.annotation is None or citation.annotation.assignment_id != assignment.pk:
        raise PermissionDenied(_("That citation belongs to another annotation."))
    _keep_version(citation.annotation, at_once=True)
    citation.delete()


# --- versions: what a draft was before ---

KEPT_EVERY = timedelta(minutes=1)
"""How often a draft that is being typed is kept as a version."""

MUCH = 20
"""Code points. A save that takes more out of a text is kept from at once."""


def _loses_much(annotation: Annotation, answer: Answer) -> bool:
    texts = ("finding", "justification")
    return any(len(getattr(annotation, t)) - len(getattr(answer, t)) > MUCH for t in texts)


def _keep_version(annotation: Annotation, *, at_once: bool) -> None:
    """Keep the draft as it stands, before it is changed: each minute, and before a loss."""
    now = timezone.now()
    if not at_once and now - (annotation.kept_at or annotation.saved_at) < KEPT_EVERY:
        return
    DraftVersion.objects.create(
        annotation=annotation,
        number=annotation.version,
        rating_id=annotation.rating_id,
        finding=annotation.finding,
        justification=annotation.justification,
        confidence=annotation.confidence,
        citations=[
            {
                "uuid": str(each.uuid),
                "source": str(each.source.uuid),
                "title": each.source.title,
                "stance": each.stance,
                "passage": each.passage,
                "locator": each.locator,
                "note": each.note,
            }
            for each in annotation.citations.select_related("source")
        ],
        at=now,
    )


@transaction.atomic
def restore_version(
    assignment: Assignment, version: DraftVersion, *, person: User, based_on: int
) -> int:
    """Put one's draft back as it was at a version; what it is now is kept as one more version.

    Sources that were taken out since come back; those that were added stay. Returns the new
    version. Raises Stale, Closed, PermissionDenied.
    """
    assignment = _lock_own_check(assignment, person)
    annotation = _annotation_at(assignment, based_on)
    if version.annotation_id != annotation.pk:
        raise PermissionDenied(_("That version belongs to another annotation."))
    if version.rating is not None and version.rating.scale_id != assignment.claim.desk.scale_id:
        raise Closed(_("That rating is not on the desk’s scale."))
    _keep_version(annotation, at_once=True)
    for name in ("rating", "finding", "justification", "confidence"):
        setattr(annotation, name, getattr(version, name))
    _touch(annotation)
    for what in version.citations:
        _cite_again(annotation, what)
    return annotation.version


@transaction.atomic
def restore_citation(
    assignment: Assignment, version: DraftVersion, key: uuid.UUID, *, person: User
) -> Citation:
    """Bring back one citation that a version holds. Raises Closed, PermissionDenied."""
    assignment = _lock_own_check(assignment, person)
    annotation = Annotation.objects.get(assignment=assignment)
    if version.annotation_id != annotation.pk:
        raise PermissionDenied(_("That version belongs to another annotation."))
    for what in version.citations:
        if what["uuid"] == str(key):
            return _cite_again(annotation, what)
    raise Closed(_("That version does not hold this source."))


def _cite_again(annotation: Annotation, what: dict[str, Any]) -> Citation:
    """The citation of this description, found or made again under its own name."""
    found = annotation.citations.filter(uuid=what["uuid"]).first()
    return found or Citation.objects.create(
        uuid=what["uuid"],
        annotation=annotation,
        source=Source.objects.get(uuid=what["source"]),
        stance=what["stance"],
        passage=what["passage"],
        locator=what["locator"],
        note=what["note"],
        position=annotation.citations.count(),
    )


@transaction.atomic
def keep_copy(
    source: Source, data: bytes, *, person: User, name: str = "", media_type: str = ""
) -> Snapshot:
    """Keep a copy of a source as it is now; the same bytes again are the copy there is.

    Raises PermissionDenied for someone who may not see the source, or not annotate at its desk.
    """
    if not Source.objects.visible_to(person).filter(pk=source.pk).exists():
        raise PermissionDenied(_("You may not see this source."))
    if not Membership.objects.may(person, Right.ANNOTATE).filter(desk=source.desk).exists():
        raise PermissionDenied(_("You may not annotate at this desk."))
    Source.objects.select_for_update().get(pk=source.pk)
    copy, _made = Snapshot.objects.get_or_create(
        source=source,
        sha256=sha256(data).hexdigest(),
        defaults={
            "data": data,
            "name": name[:255],
            "media_type": media_type[:100],
            "taken_by": person,
        },
    )
    return copy


@transaction.atomic
def save_wording(
    claim: Claim,
    wording: dict[str, Any],
    *,
    person: User,
    based_on: int,
    key: uuid.UUID | None = None,
) -> Claim:
    """Change the wording of a claim that is not being checked yet (rule 5).

    `wording` maps field names of the claim to values. Raises Stale, Closed, PermissionDenied.
    """
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if not Membership.objects.may(person, Right.MARK).filter(desk=claim.desk).exists():
        raise PermissionDenied(_("You may not mark claims at this desk."))
    if _done(person, key) is not None:
        return claim
    if claim.wording_is_frozen:
        raise Closed(_("Checking has opened: the wording is frozen."))
    if claim.version != based_on:
        raise Stale(claim)
    for name, value in wording.items():
        setattr(claim, name, value)
    claim.version += 1
    claim.changed_by, claim.changed_at = person, timezone.now()
    claim.save(update_fields=[*wording, "version", "changed_by", "changed_at"])
    _give_receipt(person, key, {"version": claim.version})
    return claim


def note_sighting(claims: list[Claim], person: User) -> None:
    """Remember that the person was shown others' annotations: they cannot check these blind."""
    if not claims:
        return
    Sighting.objects.bulk_create(
        [Sighting(claim=claim, person=person) for claim in claims], ignore_conflicts=True
    )
