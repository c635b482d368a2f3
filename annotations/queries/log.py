"""A desk's whole log: filtered, and as rows to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypedDict

from django.db.models import Q, QuerySet

from annotations.models import Desk, Transition, User


class LogFilter(TypedDict, total=False):
    """What to look for; whatever is empty is not asked about."""

    person: User | None
    move: str
    words: str
    since: date | None
    until: date | None


def desk_log(desk: Desk, user: User, wanted: LogFilter) -> QuerySet[Transition]:
    """The lines of the desk that the person may read, newest first."""
    lines = Transition.objects.visible_to(user).filter(desk=desk)
    if person := wanted.get("person"):
        about = Q(actor=person) | Q(person=person) | Q(assignment__person=person)
        lines = lines.filter(about)
    if move := wanted.get("move"):
        lines = lines.filter(move=move)
    if words := wanted.get("words"):
        named = Q(article__title__icontains=words) | Q(claim__claim_reviewed__icontains=words)
        lines = lines.filter(named | Q(reason__icontains=words))
    if since := wanted.get("since"):
        lines = lines.filter(at__date__gte=since)
    if until := wanted.get("until"):
        lines = lines.filter(at__date__lte=until)
    return lines.select_related(
        "actor", "person", "article", "claim", "sentence", "assignment__person"
    ).order_by("-at", "-pk")


COLUMNS = (
    "at", "actor", "move", "article", "claim_number", "claim", "sentence", "person", "from", "to",
    "reason", "detail", "policy",
)  # fmt: skip


def as_rows(lines: QuerySet[Transition]) -> Iterator[dict[str, Any]]:
    """Each line as plain values under COLUMNS, times in UTC."""
    for line in lines.iterator(chunk_size=2000):
        person = line.assignment.person if line.assignment else line.person
        yield {
            "at": line.at.isoformat(),
            "actor": str(line.actor) if line.actor else "",
            "move": line.move,
            "article": line.article.title if line.article else "",
            "claim_number": line.claim.number if line.claim else None,
            "claim": line.claim.claim_reviewed if line.claim else "",
            "sentence": line.sentence.number if line.sentence else None,
            "person": str(person) if person else "",
            "from": line.source,
            "to": line.target,
            "reason": line.reason,
            "detail": line.detail,
            "policy": line.policy,
        }
