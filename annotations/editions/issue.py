"""The only writer of an edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.db import transaction

from annotations import addresses
from annotations.models import Article, Claim, Edition, Revision, User, Verdict

from .content import AnyEdition, Tombstone, stored
from .reading import read

Make = Callable[[int], AnyEdition]
"""Makes an edition of the number it is given."""


def latest(row: Article | Claim) -> Edition | None:
    """What readers have of the article or claim, a tombstone perhaps."""
    return Edition.objects.filter(**{_name(row): row}).order_by("-number").first()


def next_number(row: Article | Claim) -> int:
    last = latest(row)
    return last.number + 1 if last else 1


def issue(
    row: Article | Claim,
    make: Make,
    *,
    actor: User,
    at: dt.datetime,
    revision: Revision | None = None,
    verdict: Verdict | None = None,
) -> Edition:
    """Give readers the next edition of a locked article or claim, point at it, and tell the caches.

    Nothing stands, and nothing is pointed at, where a tombstone does. `revision` is pinned by an
    article's edition, `verdict` by a claim's.
    """
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
        **{_name(row): row},
    )
    row.edition = None if isinstance(content, Tombstone) else edition
    row.save(update_fields=["edition"])
    # What an earlier edition named may be left out of this one, and changes all the same.
    if last is not None:
        transaction.on_commit(partial(addresses.purge, read(last.content)))
    transaction.on_commit(partial(addresses.purge, content))
    return edition


def _name(row: Article | Claim) -> str:
    return "article" if isinstance(row, Article) else "claim"
