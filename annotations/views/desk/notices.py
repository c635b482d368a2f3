"""What a person is told of at a desk: newest first, until they say that they have read it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations import workflow
from annotations.queries import notices as notices_queries
from annotations.views.http import Request
from annotations.words.notices import address, sentence

from .frame import desk_of, frame


@require_safe
def notices(request: Request, desk_slug: str) -> HttpResponse:
    """One's own notices, a page at a time."""
    desk, others = desk_of(request, desk_slug)
    page = notices_queries.page_of(desk, request.user, request.GET.dict())
    lines = [
        {
            "at": each.notice.at,
            "words": sentence(each),
            "url": address(each),
            "is_unread": each.notice.read_at is None,
        }
        for each in notices_queries.told(page)
    ]
    context = frame(request, desk, others, "notices", _("Notices"))
    context |= {"lines": lines, "stretch": page, "query": ""}
    return render(request, "desk/notices.html", context)


@require_POST
def read_notices(request: Request, desk_slug: str) -> HttpResponse:
    """Note that the person has read what the page showed them, and nothing that came since."""
    desk, _others = desk_of(request, desk_slug)
    until = _moment(request.POST.get("until", ""))
    if until is not None:
        workflow.note_read(request.user, desk, until)
    return redirect("notices", desk.slug)


def _moment(words: str) -> dt.datetime | None:
    try:
        found = parse_datetime(words)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
