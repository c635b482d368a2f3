"""Earlier checks by others: newest first, looked for by words, and those of claims like one."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet

from annotations.database.plans import KeptSQL
from annotations.models import PLACES_OF_CLAIMS, Claim, Desk, EarlierCheck, User
from annotations.text.likeness import LONGEST, likeness, weights

WORDS = 6
"""Words of a search that count."""

LIKE = 3
"""Checks of claims like one that are shown."""
BESIDE = 4
"""Checks that are compared on either side of each place where the claim would stand."""
LIKENESS = 0.45
"""How like each other two claims must be (text.likeness)."""


def earlier_checks(person: User, desk: Desk, search: str = "") -> QuerySet[EarlierCheck]:
    """The desk's earlier checks in which every word stands: in claim, rating, address or names."""
    rows = EarlierCheck.objects.visible_to(person).filter(desk=desk)
    for word in search.split()[:WORDS]:
        rows = rows.filter(
            Q(claim__icontains=word)
            | Q(publisher__icontains=word)
            | Q(claimant__icontains=word)
            | Q(rating__icontains=word)
            | Q(url__icontains=word)
        )
    return rows


# One look on either side of a place, in one of the orders: what is next to it in the index.
_SIDE = """
(select id, left(claim, {longest}) as words from annotations_earliercheck
 where desk_id = %s
    and annotations_place_of_claim(claim, {nth}) collate "C" {side} place
 order by annotations_place_of_claim(claim, {nth}) collate "C" {way}
 limit {beside})"""
_SIDES = "\nunion all".join(
    _SIDE.format(nth=nth, side=side, way=way, longest=LONGEST, beside=BESIDE)
    for nth in range(1, PLACES_OF_CLAIMS + 1)
    for side, way in ((">=", "asc"), ("<", "desc"))
)
_BESIDE = KeptSQL(
    f"""
select distinct on (found.id) found.id, found.words
from generate_series(1, {PLACES_OF_CLAIMS}) as nth
    cross join lateral annotations_place_of_claim(%s, nth) as place
    cross join lateral ({_SIDES}) as found
where place is not null
order by found.id
""",  # noqa: S608 -- numbers of our own
    [0] + [1] * 2 * PLACES_OF_CLAIMS,
)
"""Asked with the claim's words, and with its desk for each side of each place."""


def like(claim: Claim, person: User) -> list[EarlierCheck]:
    """The desk's earlier checks of claims most like this one, the likeliest first; a few, or none.

    Claims that share one of their weightiest words stand together in an index. The claim is put
    beside them by each of its own, and only its neighbours there are compared with it: what that
    costs does not grow with the checks that the desk has. It rests on the claim's wording alone, so
    it tells nothing of anybody's work on it.
    """
    with connection.cursor() as cursor:
        asked = [claim.claim_reviewed] + [claim.desk_id] * 2 * PLACES_OF_CLAIMS
        cursor.execute(_BESIDE, asked)
        beside = cursor.fetchall()
    own = weights(claim.claim_reviewed)
    found = {key: likeness(own, weights(words)) for key, words in beside}
    likely = [key for key in found if found[key] >= LIKENESS]
    likely.sort(key=lambda key: (-found[key], -key))
    if not likely:
        return []
    rows = EarlierCheck.objects.visible_to(person).in_bulk(likely[:LIKE])
    return [rows[key] for key in likely[:LIKE] if key in rows]
