"""Names of claimants: that two are one, that they are two after all, and what one is called.

A merging is a pointer and no rewriting: what was published, and each wording that is frozen
(rule 5), keep the name that they have. Lists that group by claimant follow the pointer. An entry
that is changed leaves another name behind it, for these.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Self

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.models import Claim, Claimant, Desk, User
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus, MoveName

from .core import Refused, Stale, lock_claims, lock_desk, log, one_transaction, require
from .wording import ClaimDraft, write_wording

RIGHT_TO_MERGE = Right.PUBLISH
"""Readers find published claims under one name at once, so it is for those who may publish."""


@dataclass(frozen=True, slots=True)
class ClaimantDraft:
    """What is said of a claimant; `kind` is one of ClaimantKind."""

    name: str
    kind: str
    description: str = ""

    @classmethod
    def of(cls, entry: Claimant) -> Self:
        """As the entry says it now."""
        return cls(**{field.name: getattr(entry, field.name) for field in fields(cls)})

    def values(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def differences(self, other: ClaimantDraft) -> dict[str, list[str]]:
        """By field: this, and the other's."""
        after = other.values()
        return {
            name: [before, after[name]]
            for name, before in self.values().items()
            if before != after[name]
        }


@one_transaction
def change_claimant(
    entry: Claimant, said: ClaimantDraft, *, actor: User, based_on: ClaimantDraft
) -> int:
    """Change what is said of a main entry: its name, kind or description.

    Wordings that are open follow at once; returns how many do. What is frozen (rule 5) or
    published keeps what it was frozen with, as another name of the entry. Raises PermissionDenied,
    Refused; Stale where the entry is not as in `based_on` any more.
    """
    desk = lock_desk(entry.desk)
    require(actor, RIGHT_TO_MERGE, desk)
    entry = _as_now(entry)
    before = ClaimantDraft.of(entry)
    changed = before.differences(said)
    if why := _objection_to(entry, said, changed):
        raise Refused(why)
    if before != based_on:
        raise Stale(_("Somebody changed this entry meanwhile."), current=before)
    named = Q(claimant=entry) | Q(reports=entry)
    claims = lock_claims(Claim.objects.filter(named, desk=desk))
    for name in changed:
        setattr(entry, name, getattr(said, name))
    entry.save(update_fields=list(changed))
    frozen = [claim.pk for claim in claims if claim.wording_is_frozen]
    if frozen or "name" in changed:
        _leave_behind(entry, before, frozen)
    detail = {"name": before.name, "fields": changed}
    log(desk, MoveName.CHANGE_CLAIMANT, actor, detail=detail)
    _tell_caches(desk)
    return len(claims) - len(frozen)


def _objection_to(entry: Claimant, said: ClaimantDraft, changed: Collection[str]) -> str:
    """Why the entry cannot be said to be that now, or an empty string."""
    if entry.same_as is not None:
        names = {"name": entry.name, "main": entry.same_as.name}
        return _("“%(name)s” is another name of “%(main)s”: change that entry.") % names
    if not changed:
        return _("Nothing is different.")
    found = Claimant.objects.named(entry.desk, said.name)
    if found is not None and found != entry:
        said_same = _("“%(name)s” has an entry already. Say that they are the same.")
        return said_same % {"name": found.name}
    return ""


def _leave_behind(entry: Claimant, before: ClaimantDraft, frozen: Collection[int]) -> None:
    """Keep what was said of the entry as another name of it, with the claims frozen so."""
    values = before.values()
    left = entry.other_names.filter(**values).first()
    left = left or Claimant.objects.create(desk=entry.desk, same_as=entry, **values)
    for field in ("claimant", "reports"):
        Claim.objects.filter(pk__in=frozen, **{field: entry}).update(**{field: left})


@one_transaction
def merge_claimants(kept: Claimant, other: Claimant, *, actor: User) -> int:
    """Say that `other`, with all its names, is another name of `kept`.

    Claims whose wording is open name `kept` now; returns how many do. One that is given the name
    in this very moment keeps it, and is found with the others all the same. Raises
    PermissionDenied, Refused.
    """
    desk = lock_desk(kept.desk)
    require(actor, RIGHT_TO_MERGE, desk)
    kept, other = _as_now(kept), _as_now(other)
    if why := _objection(kept, other):
        raise Refused(why)
    names = [other, *other.other_names.all()]
    Claimant.objects.filter(pk__in=[name.pk for name in names]).update(same_as=kept)
    moved = _reword_open(desk, kept, names, actor)
    detail = {"name": other.name, "main": kept.name, "claims_reworded": moved}
    if also := [name.name for name in names[1:]]:
        detail["its_names"] = also
    log(desk, MoveName.MERGE_CLAIMANTS, actor, detail=detail)
    _tell_caches(desk)
    return moved


@one_transaction
def part_claimants(name: Claimant, *, actor: User) -> None:
    """Say that the name stands for itself again. Claims that were moved to the main one stay.

    Raises PermissionDenied, Refused.
    """
    desk = lock_desk(name.desk)
    require(actor, RIGHT_TO_MERGE, desk)
    name = _as_now(name)
    main = name.same_as
    if main is None:
        raise Refused(_("“%(name)s” stands for itself already.") % {"name": name})
    if (found := Claimant.objects.standing(desk, name.name)) is not None:
        raise Refused(_("“%(name)s” is the name of another entry now.") % {"name": found})
    name.same_as = None
    name.save(update_fields=["same_as"])
    log(desk, MoveName.PART_CLAIMANTS, actor, detail={"name": name.name, "main": main.name})
    _tell_caches(desk)


def _as_now(claimant: Claimant) -> Claimant:
    """The entry as it is under the lock of its desk, which everything that points takes."""
    return Claimant.objects.select_related("same_as").get(pk=claimant.pk)


def _objection(kept: Claimant, other: Claimant) -> str:
    """Why the one cannot be another name of the other now, or an empty string."""
    names = {"name": other, "main": kept, "of": other.same_as or kept.same_as}
    if kept.desk_id != other.desk_id:
        return _("“%(name)s” and “%(main)s” belong to different desks.") % names
    if kept == other:
        return _("“%(main)s” cannot be another name of itself.") % names
    if other.same_as == kept:
        return _("“%(name)s” is another name of “%(main)s” already.") % names
    if other.same_as is not None:
        return (
            _("“%(name)s” is another name of “%(of)s”. Say first that it is so no longer.") % names
        )
    if kept.same_as is not None:
        return _("“%(main)s” is another name of “%(of)s”: choose “%(of)s” instead.") % names
    return ""


def _reword_open(desk: Desk, kept: Claimant, names: Collection[Claimant], actor: User) -> int:
    """Let the claims whose wording is open name the main entry; returns how many it changed."""
    named = Q(claimant__in=names) | Q(reports__in=names)
    found = lock_claims(Claim.objects.filter(named, desk=desk, status=ClaimStatus.SPOTTED))
    # What was opened while the lock was waited for is frozen.
    claims = [claim for claim in found if not claim.wording_is_frozen]
    prefetch_related_objects(claims, "claimant", "reports")
    return sum(write_wording(claim, _naming(claim, kept, names), actor) for claim in claims)


def _naming(claim: Claim, kept: Claimant, names: Collection[Claimant]) -> ClaimDraft:
    """The claim's wording, with the main entry in place of its names."""
    wording = ClaimDraft.of(claim)
    return replace(
        wording,
        claimant=kept if wording.claimant in names else wording.claimant,
        reports=kept if wording.reports in names else wording.reports,
    )


def _tell_caches(desk: Desk) -> None:
    transaction.on_commit(partial(addresses.purge_claimants, desk.slug))
