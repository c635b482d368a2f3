"""Whom claims criticise: noted, taken back; whether what they answered stands in the article."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annotations.models import Claim, Criticism, User
from annotations.text.looking import plain_name
from annotations.vocabulary import MoveName, Stands

from .core import Refused, Stale, log, one_transaction
from .replies import lock_for_reply


@one_transaction
def note_criticism(claims: Sequence[Claim], of: str, *, actor: User) -> int:
    """Note that these claims criticise somebody; returns of how many it was not noted before.

    Raises PermissionDenied, Refused.
    """
    _desk, locked = lock_for_reply(claims, actor)
    name = " ".join(of.split())
    if not name:
        raise Refused(_("Say whom they criticise."))
    made = 0
    for claim in locked:
        if plain_name(name) in {plain_name(row.of) for row in claim.criticisms.all()}:
            continue
        Criticism.objects.create(claim=claim, of=name, noted_by=actor)
        log(claim.desk, MoveName.NOTE_CRITICISM, actor, claim=claim, detail={"of": name})
        made += 1
    return made


@one_transaction
def drop_criticism(row: Criticism, *, actor: User) -> None:
    """Take back that a claim criticises somebody. Raises PermissionDenied, Refused, Stale."""
    claim, row = _lock(row, actor)
    row.delete()
    log(claim.desk, MoveName.DROP_CRITICISM, actor, claim=claim, detail={"of": row.of})


@one_transaction
def look_for_answer(row: Criticism, stands: str, *, actor: User) -> Criticism:
    """Say whether what they answered stands in the article (of the vocabulary `Stands`).

    Raises PermissionDenied, Refused, Stale.
    """
    claim, row = _lock(row, actor)
    if row.stands == Stands(stands):
        return row
    before, row.stands = row.stands, Stands(stands)
    row.save(update_fields=["stands"])
    detail = {"of": row.of, "was": before, "stands": row.stands}
    log(claim.desk, MoveName.LOOK_FOR_ANSWER, actor, claim=claim, detail=detail)
    return row


def _lock(row: Criticism, actor: User) -> tuple[Claim, Criticism]:
    _desk, (claim,) = lock_for_reply([row.claim], actor)
    rows = Criticism.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Stale(_("It was taken back meanwhile."))
    return claim, found
