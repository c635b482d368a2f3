"""What a new desk has to do before its first article is out, and what of it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from annotations.models import (
    Article,
    Desk,
    Edition,
    Guidelines,
    Invitation,
    Membership,
    Statement,
    Transition,
)
from annotations.vocabulary import MoveName


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Whether each of them is done."""

    people: bool
    rules: bool
    guidelines: bool
    statements: bool
    article: bool


def first_steps(desk: Desk) -> FirstSteps | None:
    """The steps of a desk that has published nothing yet; else None."""
    # Asked first and alone: the log of a desk at work is long, that of a new one is not.
    if Edition.objects.filter(desk=desk).exists():
        return None

    def has(rows: QuerySet) -> Exists:
        return Exists(rows.filter(desk=OuterRef("pk")))

    others = Membership.objects.filter(desk=OuterRef("pk")).order_by("pk")[1:2]
    asked = {
        "has_others": Exists(others),
        "has_invited": has(Invitation.objects.all()),
        "has_rules": has(Transition.objects.filter(move=MoveName.CHANGE_RULES)),
        "has_guidelines": has(Guidelines.objects.all()),
        "has_statements": has(Statement.objects.all()),
        "has_article": has(Article.objects.all()),
    }
    row = Desk.objects.filter(pk=desk.pk).annotate(**asked).values_list(*asked).get()
    others_are_there, invited, rules, guidelines, statements, article = row
    return FirstSteps(others_are_there or invited, rules, guidelines, statements, article)
