"""Who else has an article open: for those who mark it, and never between blind checkers.

That somebody is at an article tells whether and when they work on it, which rule 4 hides from who
still has to check one of its claims, and of them from others. So only who may mark is ever noted;
whoever owes a check of any claim of the article is neither noted, nor shown, nor shown others,
from the moment they are asked: an editor who checks is a checker here. What was noted before is
not shown either, for who owes a check is looked up each time.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from annotations.models import OPEN, Article, Assignment, Claim, Membership, Presence, User
from annotations.rights import Right, roles_with
from annotations.vocabulary import Task

LASTS = timedelta(seconds=75)
"""How long a person is taken to be there after the last sign of life; pages give one each 30 s."""


def owes_a_check(person: User, article: Article) -> bool:
    """Whether the person still has to check a claim of the article."""
    return Assignment.objects.filter(
        person=person.pk,
        task=Task.CHECK,
        status__in=OPEN,
        claim__in=Claim.objects.made_in(article).values("pk"),
    ).exists()


def others(person: User, article: Article) -> list[User]:
    """Who else has the article open now and may be seen."""
    owed = Assignment.objects.filter(
        person=OuterRef("pk"),
        task=Task.CHECK,
        status__in=OPEN,
        claim__in=Claim.objects.made_in(article).values("pk"),
    )
    there = Presence.objects.filter(
        article=article, person=OuterRef("pk"), seen_at__gt=timezone.now() - LASTS
    )
    roles = roles_with(Right.MARK, checkers_mark=article.desk.checkers_mark)
    markers = Membership.objects.filter(desk=article.desk_id, role__in=roles)
    people = User.objects.filter(is_active=True, pk__in=markers.values("user"))
    seen = people.filter(Exists(there)).exclude(Exists(owed)).exclude(pk=person.pk)
    return list(seen.order_by("first_name", "username"))
