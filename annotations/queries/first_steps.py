"""What a new desk has to do first, and what of it is done."""

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
    """Whether each of them is done; `is_new` until the desk has published."""

    is_new: bool
    people: bool
    rules: bool
    guidelines: bool
    statements: bool
    article: bool


def first_steps(desk: Desk) -> FirstSteps | None:
    """The steps of a desk, as long as one of them is not done; else None.

    A desk that has published has added an article, has its people (nobody decides alone), and
    has worked by its rules, changed or not. Its guidelines and statements may still be missing.
    """
    asked = {
        "has_published": _has(Edition.objects.all()),
        "has_guidelines": _has(Guidelines.objects.all()),
        "has_statements": _has(Statement.objects.all()),
    }
    published, guidelines, statements = _asked(desk, asked)
    if published and guidelines and statements:
        return None
    if published:
        return FirstSteps(False, True, True, guidelines, statements, True)
    # Only of a new desk: its log is short, that of a desk at work is not.
    others = Membership.objects.filter(desk=OuterRef("pk")).order_by("pk")[1:2]
    asked = {
        "has_others": Exists(others),
        "has_invited": _has(Invitation.objects.all()),
        "has_rules": _has(Transition.objects.filter(move=MoveName.CHANGE_RULES)),
        "has_article": _has(Article.objects.all()),
    }
    others_are_there, invited, rules, article = _asked(desk, asked)
    people = others_are_there or invited
    if people and rules and guidelines and statements and article:
        return None
    return FirstSteps(True, people, rules, guidelines, statements, article)


def _has(rows: QuerySet) -> Exists:
    """Whether there is such a row of the desk."""
    return Exists(rows.filter(desk=OuterRef("pk")))


def _asked(desk: Desk, what: dict[str, Exists]) -> tuple[bool, ...]:
    rows = Desk.objects.filter(pk=desk.pk).annotate(**what)
    row: tuple[bool, ...] = rows.values_list(*what).get()
    return row
