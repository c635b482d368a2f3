"""What the desk learns of its own work, by period: as a page, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.formats import spreadsheet
from annotations.forms import PeriodForm
from annotations.models import Desk, User
from annotations.queries import renewal as renewal_queries
from annotations.queries import statistics as statistics_queries
from annotations.queries.access import may
from annotations.queries.period import Figure, Period
from annotations.rights import Right
from annotations.views.http import Request, status_of

from .frame import desk_of, frame

SHOWN = 100
"""Rows of one figure on the page; the file has them all."""

COLUMNS = ("since", "until", "figure", "row", "column", "value")


@require_safe
def statistics(request: Request, desk_slug: str) -> HttpResponseBase:
    """Figures of what readers first got in a period, and of what is in hand now."""
    desk, others = desk_of(request, desk_slug)
    context = frame(request, desk, others, "statistics", _("Statistics")) | {
        "lead": _(
            "Figures on published claims. Nothing that is still being checked or decided"
            " counts among the answers."
        ),
        "has_pack": may(desk, Right.PUBLISH),
    }
    return _answer(request, desk, context, statistics_queries.figures)


@require_safe
def renewal(request: Request, desk_slug: str) -> HttpResponseBase:
    """What assessors of the IFCN and the EFCSN ask each year, to be printed or taken away."""
    desk, others = desk_of(request, desk_slug, Right.PUBLISH)
    context = frame(request, desk, others, "renewal", _("Renewal pack")) | {
        "lead": _("What assessors of the IFCN and the EFCSN ask of us, for any period."),
        "is_pack": True,
    }
    return _answer(request, desk, context, renewal_queries.figures)


def _answer(
    request: Request,
    desk: Desk,
    context: dict[str, Any],
    make: Callable[[Desk, User, Period], list[Figure]],
) -> HttpResponseBase:
    zone = ZoneInfo(desk.time_zone)
    today = timezone.localdate(timezone=zone)
    form = PeriodForm(request.GET if {"since", "until"} & set(request.GET) else None, today=today)
    figures: list[Figure] = []
    if form.is_bound and not form.is_valid():
        return _page(request, context, form, figures)
    period = Period(*form.days, zone)
    figures = make(desk, request.user, period)
    if request.GET.get("as") == "csv":
        return _file(desk, "renewal" if "is_pack" in context else "statistics", period, figures)
    return _page(request, context | {"period": period}, form, figures)


def _page(
    request: Request, context: dict[str, Any], form: PeriodForm, figures: list[Figure]
) -> HttpResponse:
    shown = context | {
        "form": form,
        "presets": form.presets,
        "figures": figures,
        "shown": SHOWN,
        "desk_zone": context["desk"].time_zone,
    }
    return render(request, "desk/statistics.html", shown, status=status_of(form))


def _file(desk: Desk, kind: str, period: Period, figures: list[Figure]) -> StreamingHttpResponse:
    lines = spreadsheet.lines(COLUMNS, _rows(period, figures))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    sample = "sample-" if desk.is_sample else ""
    name = f"{sample}{kind}-{desk.slug}-{period.since}-{period.until}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(period: Period, figures: list[Figure]) -> Iterator[tuple[object, ...]]:
    """One value a line, so that figures of any shape fit in one file."""
    for figure in figures:
        for row in figure.rows:
            start = (period.since, period.until, figure.title, row.name)
            cells = list(zip(figure.columns[1:], row.cells, strict=True))
            if row.tally:
                cells = cells[:1] + [(str(p["label"]), int(str(p["count"]))) for p in row.tally]
            for column, value in cells:
                yield (*start, column, value)
        if met := figure.confusion:
            for label, counts in zip(met.labels, met.counts, strict=True):
                for other, count in zip(met.labels, counts, strict=True):
                    yield (period.since, period.until, figure.title, label, other, count)
