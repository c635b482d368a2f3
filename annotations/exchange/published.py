"""Published checks as lines for other systems: what readers were told, by its editions alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from annotations import addresses
from annotations.editions.content import ClaimEdition, Tombstone
from annotations.editions.making import correction
from annotations.editions.reading import read
from annotations.formats import checks, jsonlines
from annotations.models import Desk, Edition
from annotations.queries import public_lists, publication

AT_ONCE = 500
"""Checks that are in memory at once."""


def lines(editions: list[Edition], whole: Callable[[str], str]) -> list[str]:
    """A line of `formats.checks` for each edition of a claim, as `publication.checks` gives them.

    `whole` makes a path of this site an address.
    """
    corrected = public_lists.corrections_of([row.claim_id for row in editions if row.claim_id])
    looks = publication.looks_with_logo({row.desk_id for row in editions})
    made = []
    for row in editions:
        edition = read(row.content)
        assert isinstance(edition, ClaimEdition | Tombstone)
        logo = addresses.of_logo(looks.get(row.desk_id))
        has_card = isinstance(edition, ClaimEdition) and not edition.desk.is_sample
        told = checks.Told(
            url=whole(addresses.of_claim(edition)),
            first_published=getattr(row, "first_published", None) or row.published_at,
            corrections=[correction(each) for each in corrected.get(row.claim_id or 0, ())],
            logo=whole(logo) if logo else "",
            image=whole(addresses.of_claim(edition, "claim_card")) if has_card else "",
        )
        made.append(jsonlines.line(checks.check(edition, told)))
    return made


def all_lines(desk: Desk | None, whole: Callable[[str], str]) -> Iterator[str]:
    """A line for each check of the desk, samples too, or of all desks that are no samples."""
    asked: dict[str, Any] = {}
    while True:
        page = public_lists.checks(desk, asked, AT_ONCE, samples=desk is not None)
        yield from lines(page.rows, whole)
        if not page.older:
            return
        asked = {"before": page.older.partition("=")[2]}
