"""What became of the annotations of the person who asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.queries import outcomes as outcomes_queries
from annotations.queries.paging import stretch
from annotations.views.http import Request

from .frame import desk_of, frame

PAGE = 50


@require_safe
def outcomes(request: Request, desk_slug: str) -> HttpResponse:
    """One's own annotations, and what the desk decided on each claim."""
    desk, others = desk_of(request, desk_slug)
    own = outcomes_queries.own_annotations(desk, request.user)
    page = stretch(own, outcomes_queries.ORDER, request.GET, PAGE)
    rows = outcomes_queries.outcomes(page.rows, request.user)
    context = frame(request, desk, others, "outcomes", _("My annotations")) | {
        "lead": _("What you answered, and what the desk made of it."),
        "stretch": page,
        "rows": rows,
        "query": "",
    }
    return render(request, "desk/outcomes.html", context)
