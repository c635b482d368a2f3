"""Notes on a cited source, of what is still to be confirmed; no line of the log tells of them.

They stand beside an annotation and are as hidden as it is (rule 4): until it is disclosed they
are its author's alone, and nothing on the claim changes.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation, Source, SourceNote, User
from annotations.rights import Right
from annotations.vocabulary import Demand

from .core import Refused, kept, lock_claim, once_within, one_transaction, require


@one_transaction
def add_note(
    annotation: Annotation,
    source: Source,
    body: str,
    *,
    person: User,
    key: uuid.UUID | None = None,
) -> SourceNote:
    """Note what is still to be confirmed of a source that one's own annotation cites.

    Raises PermissionDenied for another's annotation, Refused where it does not cite the source.
    """

    def add() -> str:
        claim = lock_claim(annotation.assignment.claim)
        require(person, Right.ANNOTATE, claim.desk)
        if annotation.assignment.person_id != person.pk:
            raise PermissionDenied(_("This annotation is somebody else’s."))
        if not body.strip():
            raise Refused(_("Say what is still to be confirmed."))
        if not annotation.citations.filter(source=source).exists():
            raise Refused(_("Your annotation of “%(claim)s” does not cite it.") % {"claim": claim})
        note = SourceNote.objects.create(annotation=annotation, source=source, body=body)
        return str(note.uuid)

    made = once_within(person, key, f"note {annotation.uuid} {source.uuid}", add)
    return kept(SourceNote.objects.filter(uuid=made))


@one_transaction
def settle_note(note: SourceNote, *, person: User) -> None:
    """Say that it is confirmed; once is enough.

    One that the desk lets stop publication is settled by whoever wrote it, or who may approve.
    Raises PermissionDenied.
    """
    claim = lock_claim(note.annotation.assignment.claim)
    require(person, Right.ANNOTATE, claim.desk)
    if not SourceNote.objects.visible_to(person).filter(pk=note.pk).exists():
        raise PermissionDenied(_("You may not see this note."))
    is_own = note.annotation.assignment.person_id == person.pk
    if claim.desk.demand_confirmed == Demand.BLOCK and not is_own:
        require(person, Right.APPROVE, claim.desk)
    rows = SourceNote.objects.open().filter(pk=note.pk)
    rows.update(settled_at=timezone.now(), settled_by=person)
