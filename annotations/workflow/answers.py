"""Saves of work in progress: each carries the version it was based on and an idempotency key.

A stale save is refused with everything needed to show base, theirs and yours (rule 9). A repeated
save has one effect. No status is written here.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    Annotation,
    Assignment,
    Citation,
    Claim,
    DraftVersion,
    Rating,
    Source,
    User,
)
from annotations.rights import Right

from . import copies
from .checks import lock_own_check
from .confidence import carry_identity
from .core import Closed, Refused, Stale, kept, once, one_transaction, require


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
    isbn: str = ""
    authors: str = ""
    language: str = ""
    kind: str = ""
    interests: str = ""
    is_confidential: bool = False


def _lock_own_check(assignment: Assignment, person: User) -> Assignment:
    assignment, _claim = lock_own_check(assignment, person)
    return assignment


def _annotation_at(assignment: Assignment, based_on: int) -> Annotation:
    """The annotation to write to. Version 0 stands for none yet. Raises Stale."""
    kept = DraftVersion.objects.filter(annotation=OuterRef("pk")).order_by("-at").values("at")[:1]
    rows = Annotation.objects.annotate(kept_at=Subquery(kept))  # type: ignore[no-redef]
    annotation = rows.filter(assignment=assignment).first()
    if annotation is None:
        return Annotation(assignment=assignment, version=0)
    if annotation.version != based_on:
        raise Stale(current=annotation)
    return annotation


def _touch(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.saved_at = timezone.now()
    annotation.save()


@one_transaction
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

    def save() -> int:
        return _save_annotation(assignment, answer, person, based_on)

    return once(person, key, f"annotation {assignment.uuid}", save)


def _save_annotation(assignment: Assignment, answer: Answer, person: User, based_on: int) -> int:
    assignment = _lock_own_check(assignment, person)
    annotation = _annotation_at(assignment, based_on)
    if annotation.pk is not None:
        _keep_version(annotation, at_once=_loses_much(annotation, answer))
    if answer.rating is not None and answer.rating.scale_id != assignment.scale:
        raise Closed(_("That rating is not on the desk’s scale."))
    for field in fields(answer):
        setattr(annotation, field.name, getattr(answer, field.name))
    _touch(annotation)
    return annotation.version


def _source(desk: Any, person: User, draft: SourceDraft) -> Source:
    """The person's own source of this description, found again or made."""
    what = {field.name: getattr(draft, field.name) for field in fields(draft)}
    source = Source(desk=desk, added_by=person, **what)
    source.document = source.document_name()
    # By the document, which has an index: a person may have cited thousands.
    named = Source.objects.filter(desk=desk, document=source.document)
    found = named.filter(added_by=person, **what).first()
    if found is not None:
        return found
    if draft.is_confidential and (draft.url or draft.isbn):
        raise Refused(_("A confidential source has no address and no ISBN."))
    source.save()
    return source


@one_transaction
def add_source(claim: Claim, draft: SourceDraft, *, actor: User) -> Source:
    """A source that the decider of a claim adds: their own of this description, found or made.

    Raises PermissionDenied.
    """
    require(actor, Right.DECIDE, claim.desk)
    return _source(claim.desk, actor, draft)


@one_transaction
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

    Raises Refused for one that would become confidential, or be so no longer; Closed,
    PermissionDenied; Stale where a save sent again made one that is gone since.
    """
    what = {"stance": stance, "passage": passage, "locator": locator, "note": note}

    def save() -> str:
        return str(_save_citation(assignment, source, person, citation, what).uuid)

    about = f"citation {citation.uuid if citation else assignment.uuid}"
    made = once(person, key, about, save)
    return kept(Citation.objects.filter(uuid=made))


@one_transaction
def save_citations(
    assignments: Sequence[Assignment],
    sources: Sequence[SourceDraft],
    *,
    person: User,
    stance: str,
    passage: str = "",
    locator: str = "",
    note: str = "",
    key: uuid.UUID | None = None,
) -> int:
    """Cite each source in each of one's open annotations, all or none; returns how many are made.

    Raises Closed, PermissionDenied.
    """
    what = {"stance": stance, "passage": passage, "locator": locator, "note": note}

    def save() -> int:
        # Claims are locked by key, as every move locks them.
        for assignment in sorted(assignments, key=lambda each: each.claim_id):
            for source in sources:
                _save_citation(assignment, source, person, None, what)
        return len(assignments) * len(sources)

    return once(person, key, f"citations {assignments[0].uuid}", save)


def _save_citation(
    assignment: Assignment,
    source: SourceDraft,
    person: User,
    citation: Citation | None,
    what: dict[str, str],
) -> Citation:
    assignment = _lock_own_check(assignment, person)
    annotation = Annotation.objects.filter(assignment=assignment).first()
    if annotation is None:
        annotation = Annotation.objects.create(assignment=assignment)
    if citation is None:
        citation = Citation(annotation=annotation, position=_last_place(annotation))
    elif citation.annotation_id != annotation.pk:
        raise PermissionDenied(_("That citation belongs to another annotation."))
    else:
        _keep_version(annotation, at_once=True)
    before = citation.source if citation.pk else None
    citation.source = _source(assignment.claim.desk, person, source)
    if before is not None:
        _keep_confidence(before, citation.source)
    copies.want(citation.source, person)
    for name, value in what.items():
        setattr(citation, name, value)
    citation.save()
    return citation


def _keep_confidence(before: Source, after: Source) -> None:
    """Described in other words, a confidential source is the same person. Raises Refused."""
    if before.is_confidential != after.is_confidential:
        raise Refused(
            _(
                "Whether a source is confidential is said when it is first cited. Take this one"
                " out, and cite it again."
            )
        )
    if after.is_confidential and before.pk != after.pk:
        carry_identity(before, after)


@one_transaction
def remove_citation(assignment: Assignment, citation: Citation, *, person: User) -> None:
    """Take a citation out of one's open annotation; its source stays, and it can be brought back.

    Raises Closed, PermissionDenied.
    """
    assignment = _lock_own_check(assignment, person)
    if citation.annotation is None or citation.annotation.assignment_id != assignment.pk:
        raise PermissionDenied(_("That citation belongs to another annotation."))
    _keep_version(citation.annotation, at_once=True)
    citation.delete()


# --- the order of citations, which readers get ---


@one_transaction
def place_citation(
    assignment: Assignment,
    citation: Citation,
    place: int,
    *,
    person: User,
    key: uuid.UUID | None = None,
) -> int:
    """Put a citation of one's open annotation at this place among the others, from 0.

    A place behind the last is the last. Returns where it stands now. Raises Closed,
    PermissionDenied.
    """

    def put() -> int:
        locked = _lock_own_check(assignment, person)
        rows = list(Citation.objects.filter(annotation__assignment=locked))
        if citation not in rows:
            raise PermissionDenied(_("That citation belongs to another annotation."))
        rows.remove(citation)
        at = min(max(place, 0), len(rows))
        _write_order([*rows[:at], citation, *rows[at:]])
        return at

    return once(person, key, f"place {citation.uuid}", put)


def _write_order(rows: Sequence[Citation]) -> None:
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def _last_place(annotation: Annotation) -> int:
    """Behind all others, also where some before them were taken out."""
    last = annotation.citations.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


# --- versions: what a draft was before ---

KEPT_EVERY = timedelta(minutes=1)
"""How often a draft that is being typed is kept as a version."""

MUCH = 20
"""Code points. A save that takes more out of a text is kept from at once."""


def _loses_much(annotation: Annotation, answer: Answer) -> bool:
    texts = ("finding", "justification")
    return any(_lost(getattr(annotation, name), getattr(answer, name)) > MUCH for name in texts)


def _lost(old: str, new: str) -> int:
    """How many code points of the old text are gone, where one place of it was written over."""
    begin = _alike(old, new)
    return len(old) - begin - _alike(old[begin:][::-1], new[begin:][::-1])


def _alike(one: str, other: str) -> int:
    """With how many of the same code points both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


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


@one_transaction
def restore_version(
    assignment: Assignment, version: DraftVersion, *, person: User, based_on: int
) -> int:
    """Put one's draft back as it was at a version; what it is now is kept as one more version.

    Sources that were taken out since come back, and all stand in the order of then; those that
    were added stay, behind them. Returns the new version. Raises Stale, Closed, PermissionDenied.
    """
    assignment = _lock_own_check(assignment, person)
    annotation = _annotation_at(assignment, based_on)
    if version.annotation_id != annotation.pk:
        raise PermissionDenied(_("That version belongs to another annotation."))
    if version.rating is not None and version.rating.scale_id != assignment.scale:
        raise Closed(_("That rating is not on the desk’s scale."))
    _keep_version(annotation, at_once=True)
    for name in ("rating", "finding", "justification", "confidence"):
        setattr(annotation, name, getattr(version, name))
    _touch(annotation)
    for what in version.citations:
        _cite_again(annotation, what)
    order = {what["uuid"]: at for at, what in enumerate(version.citations)}
    rows = list(annotation.citations.all())
    _write_order(sorted(rows, key=lambda row: order.get(str(row.uuid), len(order))))
    return annotation.version


@one_transaction
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
        position=_last_place(annotation),
    )
