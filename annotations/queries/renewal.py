"""What assessors of the IFCN and the EFCSN ask of a desk each year, for any period, as figures.

Of what readers have, of readers' reports as numbers, and of what the desk says of itself.
"""

from __future__ import annotations

import statistics as of
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.models import Claimant, Correction, Desk, Guidelines, Report, Statement, User
from annotations.text.looking import plain_name
from annotations.vocabulary import ClaimStatus, ReportOutcome

from .period import MOST, Figure, Period, Row, cited, first_editions


def figures(desk: Desk, user: User, period: Period) -> list[Figure]:
    """The whole pack; for those who may publish, who see readers' reports."""
    found = first_editions(desk, period)
    rows: list[dict[str, Any]] = [
        {**row}
        for row in found.values(
            "verdict",
            "published_at",
            "claim__number",
            "claim__slug",
            "claim__status",
            "content__claim__claim_reviewed",
            "content__claim__claimant__name",
            "content__verdict__rating__label",
        )[:MOST]
    ]
    sources = _sources_of(rows)
    return [
        _list(desk, period, rows, sources),
        _claimants(desk, rows),
        _spread(rows, sources),
        _corrections(desk, user, period),
        _complaints(desk, user, period),
        _policies(desk, period),
    ]


def _sources_of(rows: list[dict[str, Any]]) -> dict[int, int]:
    """How many sources a verdict stands on, by its key."""
    found = cited([row["verdict"] for row in rows]).values_list("verdict")
    return dict(found.annotate(n=Count("source", distinct=True)))


def _list(
    desk: Desk, period: Period, rows: list[dict[str, Any]], sources: dict[int, int]
) -> Figure:
    return Figure(
        "list of checks",
        _("The checks"),
        [_("Claim"), _("Published"), _("Found"), _("Said by"), _("Sources")],
        [
            Row(
                row["content__claim__claim_reviewed"],
                [
                    period.day(row["published_at"]),
                    _("Retracted since")
                    if row["claim__status"] == ClaimStatus.RETRACTED
                    else row["content__verdict__rating__label"],
                    row["content__claim__claimant__name"],
                    sources.get(row["verdict"], 0),
                ],
                url=addresses.of_listed(desk.slug, row["claim__number"], row["claim__slug"]),
            )
            for row in rows
        ],
        empty=_("No claim was published for the first time."),
    )


def _claimants(desk: Desk, rows: list[dict[str, Any]]) -> Figure:
    """Of somebody with several names, the main one stands for all."""
    names = [row["content__claim__claimant__name"] for row in rows]
    main = Claimant.objects.main_names(desk, filter(None, names))
    counted = Counter(
        main.get(plain_name(name), name) if name else _("Not known") for name in names
    )
    return Figure(
        "claimants",
        _("Whose claims were checked"),
        [_("Said by"), _("Claims")],
        [Row(name, [count], size=count) for name, count in counted.most_common()],
        empty=_("No claim was published for the first time."),
    )


def _spread(rows: list[dict[str, Any]], sources: dict[int, int]) -> Figure:
    counted = Counter(sources.get(row["verdict"], 0) for row in rows)
    return Figure(
        "sources a check",
        _("Sources a check"),
        [_("Sources"), _("Claims")],
        [Row(str(number), [counted[number]], size=counted[number]) for number in sorted(counted)],
        empty=_("No claim was published for the first time."),
    )


def _corrections(desk: Desk, user: User, period: Period) -> Figure:
    found = (
        Correction.objects.visible_to(user)
        .filter(
            edition__desk=desk,
            edition__published_at__gte=period.begins,
            edition__published_at__lt=period.ends,
        )
        .select_related("edition__claim")
        .defer("edition__content")
        .order_by("-at")[:MOST]
    )
    rows = [
        Row(
            str(row.edition.claim),
            [period.day(row.at), row.get_kind_display(), row.why],
        )
        for row in found
    ]
    return Figure(
        "list of corrections",
        _("Corrections"),
        [_("Claim"), _("Day"), _("Kind"), _("Why")],
        rows,
        empty=_("Nothing was corrected."),
    )


def _complaints(desk: Desk, user: User, period: Period) -> Figure:
    """Readers' reports that are no spam; days from the report to the answer."""
    found = Report.objects.visible_to(user).filter(
        edition__desk=desk, at__gte=period.begins, at__lt=period.ends
    )
    waiting = found.filter(outcome="", is_suspect=False).count()
    days: dict[str, list[float]] = defaultdict(list)
    answered = found.exclude(outcome__in=["", ReportOutcome.SPAM]).order_by("-at")
    for outcome, asked, at in answered.values_list("outcome", "at", "answered_at")[:MOST]:
        assert at is not None, (
            "a report with an outcome is answered (report_is_answered_by_someone)"
        )
        days[outcome].append((at - asked) / timedelta(days=1))
    rows = [
        Row(
            str(ReportOutcome(outcome).label),
            [len(took), round(of.median(took), 1), round(max(took), 1)],
            size=len(took),
        )
        for outcome, took in sorted(days.items())
    ]
    if waiting:
        rows.append(Row(_("Not answered yet"), [waiting, None, None], size=waiting))
    return Figure(
        "complaints of readers",
        _("Readers’ reports"),
        [_("Outcome"), _("Reports"), _("Days, median"), _("Days at most")],
        rows,
        empty=_("No reader reported a mistake."),
    )


def _policies(desk: Desk, period: Period) -> Figure:
    """Each version that stood on some day of the period, of each page and of the guidelines."""
    written = Statement.objects.filter(desk=desk, written_at__lt=period.ends)
    dated = [
        (row.get_kind_display(), row.number, row.written_at)
        for row in written.defer("body").order_by("kind", "-number")
    ]
    rules = Guidelines.objects.filter(desk=desk, created_at__lt=period.ends)
    dated += [
        (_("Guidelines"), number, at)
        for number, at in rules.order_by("-version").values_list("version", "created_at")
    ]
    rows, last = [], ("", False)
    for name, number, at in dated:
        is_over = last == (name, True)
        if not is_over:
            rows.append(Row(str(name), [number, period.day(at)]))
        last = (name, at < period.begins)
    return Figure(
        "versions of policies",
        _("Policies and guidelines"),
        [_("Page"), _("Version"), _("In force since")],
        rows,
        note=_("Every version that stood on some day of the period."),
        empty=_("The desk has not written any."),
    )
