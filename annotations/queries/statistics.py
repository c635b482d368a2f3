"""What a desk learns of its own work in a period, as figures. No statement grows with the past."""

from __future__ import annotations

import statistics as of
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.listing import listed
from annotations.models import OPEN, Assignment, Claim, Correction, Desk, User, Verdict
from annotations.queries.access import may
from annotations.rights import Right
from annotations.vocabulary import IN_WORK, Cause, ClaimStatus, CorrectionKind, SourceKind

from . import agreeing
from .period import (
    LEAST,
    MOST,
    SETTLED,
    Figure,
    Month,
    Period,
    Row,
    cited,
    first_articles,
    first_editions,
)
from .workbench import stage_in_words

AGES = (7, 30, 90)
"""Days since a claim was marked, between which the table of work tells."""


class Check(NamedTuple):
    """A claim that readers got in the period."""

    claim: int
    status: str
    verdict: int
    at: datetime
    rating: str
    tone: str
    order: int
    scale: int


def figures(desk: Desk, user: User, period: Period) -> list[Figure]:
    """All figures of the period that the person may see."""
    checks = _checks(desk, period)
    settled = [check.claim for check in checks if check.status in SETTLED]
    shown = [
        _time_taken(desk, period),
        _ratings(checks, period),
        *agreeing.figures(desk, user, settled),
        _causes(user, settled),
        _sources(checks),
        _corrections(desk, user, period),
        _work(desk),
    ]
    return [*shown, _load(desk, user)] if may(desk, Right.ASSIGN) else shown


def _checks(desk: Desk, period: Period) -> list[Check]:
    rows = first_editions(desk, period).values_list(
        "claim",
        "claim__status",
        "verdict",
        "published_at",
        "verdict__rating__label",
        "verdict__rating__tone",
        "verdict__rating__order",
        "verdict__rating__scale",
    )
    return [Check(*row) for row in rows[:MOST]]


# --- what readers got ---


def _time_taken(desk: Desk, period: Period) -> Figure:
    found = first_articles(desk, period).values_list("published_at", "article__created_at")[:MOST]
    days: dict[Month, list[float]] = defaultdict(list)
    for published, imported in found:
        days[period.month(published)].append((published - imported) / timedelta(days=1))
    rows = [_spread(month, days[month]) for month in sorted(days)]
    if len(rows) > 1:
        rows.append(_spread(_("All"), [each for month in days.values() for each in month]))
    return Figure(
        "days from import to publication",
        _("From import to publication, in days"),
        [_("Month"), _("Articles"), _("Median"), _("The middle half")],
        rows,
        empty=_("No article was published for the first time."),
    )


def _spread(name: str | Month, days: list[float]) -> Row:
    median = round(of.median(days), 1)
    low, _middle, high = of.quantiles(days, n=4, method="inclusive") if days[1:] else days * 3
    return Row(name, [len(days), median, f"{low:.1f}–{high:.1f}"], size=median)


def _ratings(checks: list[Check], period: Period) -> Figure:
    months: dict[Month, Counter[tuple[int, int, str, str]]] = defaultdict(Counter)
    for check in checks:
        rating = (check.scale, check.order, check.tone, check.rating)
        months[period.month(check.at)][rating] += 1
    rows = []
    for month in sorted(months):
        tally = [
            {"tone": tone, "label": label, "count": count}
            for (_scale, _order, tone, label), count in sorted(months[month].items())
        ]
        words = listed(f"{part['count']} {part['label']}" for part in tally)
        rows.append(Row(month, [months[month].total(), words], tally=tally))
    return Figure(
        "ratings of published claims",
        _("What was found"),
        [_("Month"), _("Claims"), _("Ratings")],
        rows,
        note=_("As first published. They tell what was picked to be checked, and are no score."),
        empty=_("No claim was published for the first time."),
    )


def _corrections(desk: Desk, user: User, period: Period) -> Figure:
    rows = Correction.objects.visible_to(user).filter(
        edition__desk=desk,
        edition__published_at__gte=period.begins,
        edition__published_at__lt=period.ends,
    )
    counted = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    return _counted(
        "corrections",
        _("Corrections"),
        [_("Kind"), _("Claims")],
        [(str(kind.label), counted.get(kind, 0)) for kind in CorrectionKind],
        _("Nothing was corrected."),
    )


def _sources(checks: list[Check]) -> Figure:
    sources = cited([check.verdict for check in checks]).values_list("source__kind")
    counted = dict(sources.annotate(n=Count("source", distinct=True)))
    return _counted(
        "sources by kind",
        _("Sources that published claims stand on"),
        [_("Kind"), _("Sources")],
        [(str(kind.label), counted.get(kind, 0)) for kind in SourceKind],
        _("No source is cited."),
    )


# --- what checking found ---


def _causes(user: User, settled: list[int]) -> Figure:
    title, columns = _("Why people differed"), [_("Cause"), _("Claims")]
    if len(settled) < LEAST:
        return Figure("causes of differences", title, columns, [], empty=agreeing.too_few())
    rows = Verdict.objects.visible_to(user).unread().filter(claim__in=settled).exclude(cause="")
    counted = dict(rows.order_by().values_list("cause").annotate(n=Count("claim", distinct=True)))
    figure = _counted(
        "causes of differences",
        title,
        columns,
        [(str(cause.label), counted.get(cause, 0)) for cause in Cause],
        _("No claim had a difference with a cause."),
    )
    figure.note = _("As the deciders saw it, for the desk as a whole, not for single people.")
    return figure


# --- what is in hand now ---


def _work(desk: Desk) -> Figure:
    counted: dict[str, list[int]] = {stage: [0] * (len(AGES) + 1) for stage in IN_WORK}
    now = timezone.now()
    rows = Claim.objects.filter(desk=desk, status__in=IN_WORK).order_by()
    for status, marked in rows.values_list("status", "created_at"):
        counted[status][sum((now - marked).days >= age for age in AGES)] += 1
    return Figure(
        "claims in work by age",
        _("In work now, by age"),
        [
            _("Stage"),
            *(_("Under %(days)d days") % {"days": age} for age in AGES),
            _("%(days)d days or more") % {"days": AGES[-1]},
        ],
        [
            Row(str(stage_in_words(ClaimStatus(stage))), ages, size=sum(ages))
            for stage, ages in counted.items()
            if any(ages)
        ],
        note=_("Days since a claim was marked."),
        empty=_("No claim is in work."),
    )


def _load(desk: Desk, user: User) -> Figure:
    """What people owe, as far as the person may know: not on claims they check blind."""
    owed = Assignment.objects.visible_to(user).filter(claim__desk=desk, status__in=OPEN)
    late = Count("pk", filter=Q(due_at__lt=timezone.now()))
    rows = owed.order_by().values_list("person").annotate(n=Count("pk"), late=late)
    counted = {person: (n, overdue) for person, n, overdue in rows}
    people = User.objects.in_bulk(list(counted))
    found = [Row(str(people[key]), cells, size=cells[0]) for key, cells in counted.items()]
    return Figure(
        "open checks by person",
        _("Who owes what now"),
        [_("Person"), _("Still to do"), _("Overdue")],
        sorted(found, key=lambda row: (-(row.size or 0), row.name)),
        note=_("Checks of claims that you check yourself are left out."),
        empty=_("Nobody owes anything."),
    )


def _counted(
    key: str, title: str, columns: list[str], counted: list[tuple[str, int]], empty: str
) -> Figure:
    """A figure of how many there are of each kind; empty where there are none of any."""
    rows = [Row(label, [count], size=count) for label, count in counted]
    return Figure(key, title, columns, rows if any(row.size for row in rows) else [], empty=empty)
