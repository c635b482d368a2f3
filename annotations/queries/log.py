"""A desk's whole log: filtered, a page at a time, and as rows to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypedDict

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from annotations.models import Article, Claim, Desk, Transition, User

from .paging import Stretch, stretch

ORDER = ("at", "pk")
CHUNK = 5_000
"""Lines that are in memory at once while the log is taken away."""


class LogFilter(TypedDict, total=False):
    """What to look for; whatever is empty is not asked about."""

    person: User | None
    move: str
    words: str
    since: dt.date | None
    until: dt.date | None


def desk_log(desk: Desk, user: User, wanted: LogFilter) -> QuerySet[Transition]:
    """The lines of the desk that the person may read, in no order."""
    lines = Transition.objects.visible_to(user).filter(desk=desk)
    if person := wanted.get("person"):
        about = Q(actor=person) | Q(person=person) | Q(assignment__person=person)
        lines = lines.filter(about)
    if move := wanted.get("move"):
        lines = lines.filter(move=move)
    if words := wanted.get("words"):
        # The few articles and claims with the words are found first, each by an index of its own.
        articles = Article.objects.filter(desk=desk, title__holds=words).values("pk")
        claims = Claim.objects.filter(desk=desk, claim_reviewed__holds=words).values("pk")
        named = Q(article__in=articles) | Q(claim__in=claims)
        lines = lines.filter(named | Q(reason__holds=words))
    if since := wanted.get("since"):
        lines = lines.filter(at__gte=_begin(since))
    if until := wanted.get("until"):
        lines = lines.filter(at__lt=_begin(until + dt.timedelta(days=1)))
    return lines


def _begin(day: dt.date) -> dt.datetime:
    """The first moment of the day in the desk's time, which an index of moments can look for."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def page_of(
    lines: QuerySet[Transition], asked: Mapping[str, str], size: int
) -> Stretch[Transition]:
    """The lines of one page with all that is said of them, newest first."""
    related = ("actor", "person", "article", "claim", "sentence", "assignment__person")
    return stretch(lines.select_related(*related), ORDER, asked, size)


def history(article: Article, user: User) -> QuerySet[Transition]:
    """The lines of the article and its claims that the person may read, in no order.

    The keys of the claims are given: asked for within, every line of the desk would be looked at.
    """
    claims = list(Claim.objects.made_in(article).values_list("pk", flat=True))
    return Transition.objects.visible_to(user).filter(Q(article=article) | Q(claim__in=claims))


COLUMNS = (
    "at", "actor", "move", "article", "claim_number", "claim", "sentence", "person", "from", "to",
    "reason", "detail", "policy",
)  # fmt: skip


class Row(NamedTuple):
    """A line of the log to take away, as plain values under COLUMNS; the last two are JSON."""

    at: str
    actor: str
    move: str
    article: str
    claim_number: int | None
    claim: str
    sentence: int | None
    person: str
    source: str
    target: str
    reason: str
    detail: str
    policy: str


def as_rows(lines: QuerySet[Transition]) -> Iterator[Row]:
    """Each line as plain values, newest first, times in UTC; CHUNK of them in memory at once."""
    names = {person.pk: str(person) for person in User.objects.order_by()}
    found = (
        lines.order_by("-at", "-pk")
        .annotate(said=Cast("detail", TextField()), rules=Cast("policy", TextField()))
        .values_list(
            "at",
            "actor",
            "move",
            "article__title",
            "claim__number",
            "claim__claim_reviewed",
            "sentence__number",
            "person",
            "assignment__person",
            "source",
            "target",
            "reason",
            "said",
            "rules",
            "tells",
            named=True,
        )
    )
    for line in found.iterator(chunk_size=CHUNK):
        at, actor, move, article, number, claim, sentence, person, asked, *rest, _tells = line
        yield Row(
            at.isoformat(),
            names.get(actor, ""),
            move,
            article or "",
            number,
            claim or "",
            sentence,
            names.get(asked or person, ""),
            *rest,
        )


def as_dict(row: Row) -> dict[str, Any]:
    """The row under COLUMNS, but for `detail` and `policy`, which are JSON already."""
    return dict(zip(COLUMNS[:-2], row[:-2], strict=True))
