"""What a checker cites: sources described, citations saved, put in order, taken out, brought back.

Each is a save of work in progress, as those of answers are. No status is written here.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.models import Annotation, Assignment, Citation, Claim, Source, User
from annotations.rights import Right

from . import copies
from .checks import draft_of, lock_own_check
from .confidence import carry_identity
from .core import Refused, kept, once_within, one_transaction, require
from .versions import keep_version


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
    made = once_within(person, key, about, save)
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

    return once_within(person, key, f"citations {assignments[0].uuid}", save)


def _save_citation(
    assignment: Assignment,
    source: SourceDraft,
    person: User,
    citation: Citation | None,
    what: dict[str, str],
) -> Citation:
    assignment, _claim = lock_own_check(assignment, person)
    annotation = draft_of(assignment)
    if annotation is None:
        annotation = Annotation.objects.create(assignment=assignment)
    if citation is None:
        citation = Citation(annotation=annotation, position=_last_place(annotation))
    elif citation.annotation_id != annotation.pk:
        raise PermissionDenied(_("That citation belongs to another annotation."))
    else:
        keep_version(annotation, at_once=True)
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
    assignment, _claim = lock_own_check(assignment, person)
    if citation.annotation is None or citation.annotation.assignment_id != assignment.pk:
        raise PermissionDenied(_("That citation belongs to another annotation."))
    keep_version(citation.annotation, at_once=True)
    citation.delete()


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
        locked, _claim = lock_own_check(assignment, person)
        rows = list(Citation.objects.filter(annotation__assignment=locked))
        if citation not in rows:
            raise PermissionDenied(_("That citation belongs to another annotation."))
        rows.remove(citation)
        at = min(max(place, 0), len(rows))
        write_order([*rows[:at], citation, *rows[at:]])
        return at

    return once_within(person, key, f"place {citation.uuid}", put)


def write_order(rows: Sequence[Citation]) -> None:
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def _last_place(annotation: Annotation) -> int:
    """Behind all others, also where some before them were taken out."""
    last = annotation.citations.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def cite_again(annotation: Annotation, what: dict[str, Any]) -> Citation:
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
