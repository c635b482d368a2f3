"""Giving readers an edition: its record of what changed, and the pages that name it elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from annotations import addresses
from annotations.editions.changes import changes
from annotations.editions.content import AnyEdition, Tombstone, stored, stored_change
from annotations.editions.latest import kind, latest
from annotations.editions.reading import read, read_claim
from annotations.models import Article, Correction, Edition, Revision, User, Verdict

from .translations import Row, is_public, tell

Make = Callable[[int], AnyEdition]
"""Makes an edition of the number it is given."""


def issue(
    row: Row,
    make: Make,
    *,
    actor: User,
    at: dt.datetime,
    revision: Revision | None = None,
    verdict: Verdict | None = None,
) -> Edition:
    """Give readers the next edition of a locked article or claim, point at it, and tell the caches.

    Nothing stands, and nothing is pointed at, where a tombstone does. `revision` is pinned by an
    article's edition, `verdict` by a claim's. Where the row begins or ends to be public, the pages
    of its translations are told.
    """
    was_public = is_public(row)
    last = latest(row)
    number = last.number + 1 if last else 1
    content = make(number)
    edition = Edition.objects.create(
        desk=row.desk,
        number=number,
        revision=revision,
        verdict=verdict,
        content=stored(content),
        published_by=actor,
        published_at=at,
        **{kind(row): row},
    )
    row.edition = None if isinstance(content, Tombstone) else edition
    fields = ["edition"]
    if isinstance(row, Article):
        row.outdated_since = row.outdated_by = None
        fields += ["outdated_since", "outdated_by"]
    row.save(update_fields=fields)
    # What an earlier edition named may be left out of this one, and changes all the same.
    if last is not None:
        transaction.on_commit(partial(addresses.purge, read(last.content)))
    transaction.on_commit(partial(addresses.purge, content))
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
