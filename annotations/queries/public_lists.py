"""The public lists and feeds, each in stretches: what readers have, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from annotations.models import (
    Correction,
    Desk,
    Edition,
    Listing,
)

from .paging import Stretch, merged, stretch


def called(desk: str) -> Subquery:
    """The key of the desk of this slug: found first, so that an index of what is its own is read.

    Joined, PostgreSQL reckons with an average desk, and of a large one among small ones it reads
    what all desks have, until it has found enough of this one's.
    """
    return Subquery(Desk.objects.filter(slug=desk).order_by().values("pk")[:1])


def latest(desk: str | None, asked: Mapping[str, str], size: int) -> Stretch[Listing]:
    """A page of the articles that stand, newest first; of one desk, or of all."""
    found = Listing.objects.filter(article__isnull=False)
    if desk is not None:
        found = found.filter(desk=called(desk))
    order = ("published_at", "edition")
    # An edition that stands no more still says where its page was.
    known = Edition.objects.annotate(edition=F("pk"))
    return stretch(found, order, asked, size, known=known, key="edition__uuid")


def standing_claims(desk: str | None = None) -> QuerySet[Listing]:
    """The claims that stand, newest first; of one desk, or of all that are no samples."""
    found = Listing.objects.filter(claim__isnull=False).order_by("-published_at", "-edition_id")
    if desk is None:
        return found.filter(desk__is_sample=False)
    return found.filter(desk=called(desk))


def reviewed(asked: Mapping[str, str], size: int) -> Stretch[Listing]:
    """A page of the claims that stand and are no samples, newest first."""
    order = ("published_at", "edition")
    known = Edition.objects.annotate(edition=F("pk"))
    return stretch(standing_claims(), order, asked, size, known=known, key="edition__uuid")


def checks(
    desk: Desk | None, asked: Mapping[str, str], size: int, *, samples: bool = False
) -> Stretch[Edition]:
    """A page of what readers are told of claims, newest first: what stands, and what was taken
    back, each claim once, with `first_published`. Of one desk, or of all.
    """
    first = Edition.objects.filter(claim=OuterRef("claim"), number=1).order_by()
    later = Edition.objects.filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
    found = Edition.objects.filter(claim__isnull=False).annotate(
        first_published=Subquery(first.values("published_at")[:1])
    )
    stones = found.filter(~Exists(later), content__has_key="tombstone")
    standing = found.filter(listing__claim__isnull=False)
    if desk is not None:
        stones, standing = stones.filter(desk=desk), standing.filter(listing__desk=desk)
    if not samples:
        stones = stones.filter(desk__is_sample=False)
        standing = standing.filter(listing__desk__is_sample=False)
    # Each list has an index of its own.
    lists = [
        (stones, ("published_at", "pk")),
        (standing, ("listing__published_at", "listing__edition")),
    ]
    return merged(lists, asked, size, known=Edition.objects.all())


def corrections_of(claims: Iterable[int]) -> dict[int, list[Correction]]:
    """The corrections of claims that readers know, the newest first, by the claim's key."""
    rows = Correction.objects.filter(edition__claim__in=claims).select_related("edition")
    found: dict[int, list[Correction]] = {}
    for row in rows.defer("edition__content").order_by("-at", "-pk"):
        assert row.edition.claim_id is not None
        found.setdefault(row.edition.claim_id, []).append(row)
    return found


# From one part to the next by a jump through the index: it costs what there are parts.
_PARTS = """
with recursive part as (
    (select edition_id / %(size)s as nth from annotations_listing as listing
     join annotations_desk as desk on desk.id = desk_id and not is_sample
     order by edition_id limit 1)
    union all
    (select next.nth from part cross join lateral (
        select edition_id / %(size)s as nth from annotations_listing as listing
        join annotations_desk as desk on desk.id = desk_id and not is_sample
        where edition_id >= (part.nth + 1) * %(size)s
        order by edition_id limit 1) as next)
)
select nth * %(size)s from part
"""


def parts_of_places(size: int) -> list[int]:
    """Where the parts of the sitemap begin, in the order of the editions' keys.

    Each is a stretch of `size` keys in which something stands, so it has no more addresses than
    that, and keeps them whatever is published later.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"size": size})
        return [start for (start,) in cursor.fetchall()]


def standing_places(since: int = 0, size: int | None = None) -> QuerySet[Listing, Any]:
    """The addresses of all that stands, but samples, by the key of the edition, from a key on.

    With `size`, of so many keys. Each as (edition, desk's slug, claim's number or None, slug, time
    of publication).
    """
    found = Listing.objects.filter(desk__is_sample=False, edition__gte=since)
    if size is not None:
        found = found.filter(edition__lt=since + size)
    found = found.order_by("edition_id")
    return found.values_list("edition", "desk__slug", "number", "slug", "published_at")


def corrections(
    desk: str | None, asked: Mapping[str, str], size: int, *, samples: bool = True
) -> Stretch[Edition]:
    """A page of the editions that corrected something, and the tombstones, newest first."""
    found = Edition.objects.select_related("correction")
    if desk is not None:
        found = found.filter(desk=called(desk))
    if not samples:
        found = found.filter(desk__is_sample=False)
    corrected = found.filter(correction__isnull=False)
    stones = found.filter(content__has_key="tombstone")
    # An edition and its correction are of the same moment; each list has an index of its own.
    lists = [(stones, ("published_at", "pk")), (corrected, ("correction__at", "pk"))]
    return merged(lists, asked, size, known=Edition.objects.all())


def correction_of(edition: Edition) -> Correction | None:
    """The correction that came with the edition, if one did."""
    return edition.correction if hasattr(edition, "correction") else None
