"""The desk's links, for screens with no room for them beside the page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.views.http import Request

from .frame import desk_of, frame


@require_safe
def more(request: Request, desk_slug: str) -> HttpResponse:
    """The links beside the desk's pages, for screens with no room for them."""
    desk, others = desk_of(request, desk_slug)
    context = frame(request, desk, others, "", desk.name) | {"more_is_current": True}
    return render(request, "desk/more.html", context)
