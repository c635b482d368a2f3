"""Giving readers an edition: its record of what changed, and the pages that name it elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from annotations.editions import issue as writer
from annotations.editions.changes import changes
from annotations.editions.content import stored_change
from annotations.editions.reading import read_claim
from annotations.models import Correction, Edition, Revision, User, Verdict

from .translations import Row, is_public, tell


def issue(
    row: Row,
    make: writer.Make,
    *,
    actor: User,
    at: dt.datetime,
    revision: Revision | None = None,
    verdict: Verdict | None = None,
) -> Edition:
    """The next edition of a locked article or claim (`editions.issue`).

    Where it begins or ends to be public, the pages of its translations are told.
    """
    was_public = is_public(row)
    edition = writer.issue(row, make, actor=actor, at=at, revision=revision, verdict=verdict)
    if is_public(row) != was_public:
        tell(row, actor)
    return edition


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What readers are told of a change: its kind, and why."""

    kind: str
    why: str


def correct(edition: Edition, before: Edition, note: CorrectionNote, at: dt.datetime) -> Correction:
    """The public record of what a claim's edition changed."""
    differing = changes(read_claim(before.content), read_claim(edition.content))
    return Correction.objects.create(
        edition=edition,
        kind=note.kind,
        why=note.why,
        changes=[stored_change(each) for each in differing],
        at=at,
    )
