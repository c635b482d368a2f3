"""Who else has an article open: for those who mark it, and never between blind checkers.

That somebody is at an article tells whether and when they work on it, which rule 4 hides from who
checks one of its claims, and of them from others. So only who may mark is ever noted; whoever holds
a check of any claim of the article is neither noted, nor shown, nor shown others, from the moment
they are asked until disclosure: an editor who checks is a checker here, and to have handed in is no
sign of life. What was noted before is not shown either: who holds a check is looked up each time.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from annotations.models import (
    Article,
    Claim,
    Membership,
    Presence,
    User,
    checks_blind,
    held_blind,
)
from annotations.rights import Right, roles_with

LASTS = timedelta(seconds=75)
"""How long a person is taken to be there after the last sign of life; pages give one each 30 s."""


def checks_a_claim(person: User, article: Article) -> bool:
    """Whether the person checks a claim of the article blind."""
    return Claim.objects.made_in(article).filter(checks_blind(person, "pk")).exists()


def others(person: User, article: Article) -> list[User]:
    """Who else has the article open now and may be seen."""
    held = held_blind().filter(
        person=OuterRef("pk"), claim__in=Claim.objects.made_in(article).values("pk")
    )
    there = Presence.objects.filter(
        article=article, person=OuterRef("pk"), seen_at__gt=timezone.now() - LASTS
    )
    roles = roles_with(Right.MARK, checkers_mark=article.desk.checkers_mark)
    markers = Membership.objects.filter(desk=article.desk_id, role__in=roles)
    people = User.objects.filter(is_active=True, pk__in=markers.values("user"))
    seen = people.filter(Exists(there)).exclude(Exists(held)).exclude(pk=person.pk)
    return list(seen.order_by("first_name", "username"))
