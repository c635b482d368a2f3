"""Saves of work in progress: each carries the version it was based on and an idempotency key.

A stale save is refused with everything needed to show base, theirs and yours (rule 9). A repeated
save has one effect. No status is written here.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    Annotation,
    Assignment,
    Citation,
    DraftVersion,
    Rating,
    User,
)

from .checks import draft_of, lock_own_check
from .citing import cite_again, write_order
from .core import Closed, Stale, once_within, one_transaction
from .storing import insert, update
from .versions import keep_version, loses_much


@dataclass(frozen=True, slots=True)
class Answer:
    """What a checker has typed so far. A draft may be incomplete."""

    rating: Rating | None = None
    finding: str = ""
    justification: str = ""
    confidence: str = ""


def _annotation_at(assignment: Assignment, based_on: int) -> Annotation:
    """The annotation to write to, of a check that is held. Version 0 is none yet. Raises Stale."""
    annotation = draft_of(assignment)
    if based_on != (annotation.version if annotation else 0):
        raise Stale(current=annotation)
    return annotation or Annotation(assignment=assignment, version=0)


_SAVED = (*(field.name for field in fields(Answer)), "version", "saved_at")


def _touch(annotation: Annotation) -> None:
    annotation.version += 1
    annotation.saved_at = timezone.now()
    if annotation._state.adding:
        insert([annotation])
    else:
        update(annotation, *_SAVED)


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

    return once_within(person, key, f"annotation {assignment.uuid}", save, known=based_on + 1)


def _save_annotation(assignment: Assignment, answer: Answer, person: User, based_on: int) -> int:
    assignment, _claim = lock_own_check(assignment, person)
    annotation = _annotation_at(assignment, based_on)
    if annotation.pk is not None:
        is_loss = loses_much(annotation, finding=answer.finding, justification=answer.justification)
        keep_version(annotation, at_once=is_loss)
    if answer.rating is not None and answer.rating.scale_id != assignment.scale:
        raise Closed(_("That rating is not on the desk’s scale."))
    for field in fields(answer):
        setattr(annotation, field.name, getattr(answer, field.name))
    _touch(annotation)
    return annotation.version


@one_transaction
def restore_version(
    assignment: Assignment, version: DraftVersion, *, person: User, based_on: int
) -> int:
    """Put one's draft back as it was at a version; what it is now is kept as one more version.

    Sources that were taken out since come back, and all stand in the order of then; those that
    were added stay, behind them. Returns the new version. Raises Stale, Closed, PermissionDenied.
    """
    assignment, _claim = lock_own_check(assignment, person)
    annotation = _annotation_at(assignment, based_on)
    if version.annotation_id != annotation.pk:
        raise PermissionDenied(_("That version belongs to another annotation."))
    if version.rating is not None and version.rating.scale_id != assignment.scale:
        raise Closed(_("That rating is not on the desk’s scale."))
    keep_version(annotation, at_once=True)
    for name in ("rating", "finding", "justification", "confidence"):
        setattr(annotation, name, getattr(version, name))
    _touch(annotation)
    for what in version.citations:
        cite_again(annotation, what)
    order = {what["uuid"]: at for at, what in enumerate(version.citations)}
    rows = list(annotation.citations.all())
    write_order(sorted(rows, key=lambda row: order.get(str(row.uuid), len(order))))
    return annotation.version


@one_transaction
def restore_citation(
    assignment: Assignment, version: DraftVersion, key: uuid.UUID, *, person: User
) -> Citation:
    """Bring back one citation that a version holds. Raises Closed, PermissionDenied."""
    assignment, _claim = lock_own_check(assignment, person)
    annotation = draft_of(assignment)
    if annotation is None or version.annotation_id != annotation.pk:
        raise PermissionDenied(_("That version belongs to another annotation."))
    for what in version.citations:
        if what["uuid"] == str(key):
            return cite_again(annotation, what)
    raise Closed(_("That version does not hold this source."))
