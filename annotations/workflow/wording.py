"""The wording of a claim: saved before its checking opens, changed by a move after that."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Claim, Claimant, Desk, User
from annotations.prepared import PreparedRows
from annotations.rights import Right
from annotations.text.looking import same_name
from annotations.vocabulary import ClaimantKind, MoveName

from .assignments import answers_of, end_answer
from .core import Closed, Refused, Stale, lock_claim, log, once_within, one_transaction, require
from .table import RETURN, REWORD, check, step


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """The wording of a claim: what rule 5 freezes when checking opens.

    A claimant who is not known at the desk yet comes unsaved, and is saved with the claim.
    """

    claim_reviewed: str
    interpretation: str = ""
    claimant: Claimant | None = None
    reports: Claimant | None = None
    type: str = "event"

    def values(self) -> dict[str, Any]:
        """By field of the claim."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def settled(self) -> Self:
        """The same, with its claimants saved, each the main entry of their names."""
        values = self.values()
        for name in ("claimant", "reports"):
            if values[name] is not None:
                settle = _saved if values[name].pk is None else _main
                values[name] = settle(values[name])
        return type(self)(**values)

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """As the claim is worded now."""
        return cls(**{field.name: getattr(claim, field.name) for field in fields(cls)})

    def differences(self, claim: Claim) -> dict[str, list[str]]:
        """What would change, by field: from, to. A claimant stands there by name.

        With all that is said of them where only that is another.
        """
        found = {}
        for name, after in self.values().items():
            before = getattr(claim, name)
            if before != after:
                sides = [str(before or ""), str(after or "")]
                if sides[0] == sides[1]:
                    sides = [_in_full(before), _in_full(after)]
                found[name] = sides
        return found

    def write_to(self, claim: Claim, actor: User) -> list[str]:
        """Put the wording on the claim as a new version of it; returns the fields to save."""
        values = self.values()
        for name, value in values.items():
            setattr(claim, name, value)
        claim.version += 1
        claim.changed_by, claim.changed_at = actor, timezone.now()
        return [*values, "version", "changed_by", "changed_at"]


def _in_full(claimant: Claimant) -> str:
    described = ", ".join(filter(None, [claimant.name, claimant.description]))
    return f"{described} ({claimant.kind})"


def claimant_typed(desk: Desk, name: str, *, kind: str = "", outlet: str = "") -> Claimant | None:
    """A claimant of this name, not saved; None without a name.

    Who of the desk goes by it is found where the wording is saved (`ClaimDraft.settled`): one entry
    whatever its case, spaces and width; of somebody's other name, the main entry. `kind` is that of
    a new one: of the article's `outlet` it is known, and nothing said means a person.
    """
    name = " ".join(name.split())
    if not name:
        return None
    if same_name(name, outlet):
        kind = ClaimantKind.OUTLET
    return Claimant(desk=desk, name=name, kind=kind or ClaimantKind.PERSON)


def _saved(claimant: Claimant) -> Claimant:
    """Saved; or the one of that name that somebody saved meanwhile."""
    found = Claimant.objects.named(claimant.desk, claimant.name)
    if found is None:
        claimant.save()
    return found or claimant


def _main(claimant: Claimant) -> Claimant:
    """The entry that stands for all names, as it is now."""
    return _ENTRY.get(claimant.pk).main


_ENTRY: PreparedRows[Claimant] = PreparedRows(
    lambda pk: Claimant.objects.select_related("same_as").filter(pk=pk).order_by(), 1
)


@one_transaction
def save_wording(
    claim: Claim,
    wording: ClaimDraft,
    *,
    person: User,
    based_on: int,
    key: uuid.UUID | None = None,
) -> Claim:
    """Change the wording of a claim that is not being checked yet (rule 5).

    `based_on` is the version that the person saw. Raises Stale, Closed, PermissionDenied.
    """

    def save() -> int:
        return _save_wording(claim, wording, person, based_on).version

    once_within(person, key, f"wording {claim.uuid}", save)
    return Claim.objects.get(pk=claim.pk)


def _save_wording(claim: Claim, wording: ClaimDraft, person: User, based_on: int) -> Claim:
    claim = lock_claim(claim)
    require(person, Right.MARK, claim.desk)
    if claim.wording_is_frozen:
        raise Closed(_("Checking has opened: the wording is frozen."))
    _refuse_if_stale(claim, based_on)
    write_wording(claim, wording.settled(), person)
    return claim


def write_wording(claim: Claim, wording: ClaimDraft, person: User) -> bool:
    """Write what differs on a locked claim whose wording is open; whether anything did."""
    differences = wording.differences(claim)
    if differences:
        claim.save(update_fields=wording.write_to(claim, person))
        detail = {"fields": differences}
        log(claim.desk, MoveName.WORD, person, claim=claim, detail=detail)
    return bool(differences)


@one_transaction
def reword(
    claim: Claim, wording: ClaimDraft, *, actor: User, reason: str, based_on: int | None = None
) -> Claim:
    """Change the wording after checking opened (rule 5): every annotation goes back to its author.

    `based_on` is the version that the person saw, if it is known. The log and each returned check
    show the difference. Raises PermissionDenied, Refused, Stale.
    """
    claim = lock_claim(claim)
    check(REWORD, claim, actor, reason)
    if based_on is not None:
        _refuse_if_stale(claim, based_on)
    wording = wording.settled()
    detail = {"fields": wording.differences(claim)}
    if not detail["fields"]:
        raise Refused(_("Nothing is different."))
    changes: dict[str, Any] = {
        name: getattr(claim, name) for name in wording.write_to(claim, actor)
    }
    step(REWORD, claim, actor, reason, detail=detail, **changes)
    for assignment in answers_of(claim):
        end_answer(RETURN, assignment, actor, reason, detail=detail, new_round=True)
    return claim


def _refuse_if_stale(claim: Claim, based_on: int) -> None:
    if claim.version != based_on:
        raise Stale(
            _("Somebody changed the wording meanwhile. Read it again first."), current=claim
        )
