"""Earlier checks by others, newest first, and looked for by words."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from annotations.models import Desk, EarlierCheck, User

WORDS = 6
"""Words of a search that count."""


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
