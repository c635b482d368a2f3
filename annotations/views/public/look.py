"""A desk's stylesheet and pictures, under addresses that name what is in them.

So whoever has one need not ask again. An address of a look that is no more leads to today's: pages
kept elsewhere, and whoever took over our ClaimReview, still find it.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from annotations import blobs
from annotations.formats.look import Look, look_of, short, stylesheet
from annotations.models import LOOK_FIELDS, Desk
from annotations.views.http import AnyRequest

from .serving import from_either

FOR_LONG = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def sheet(request: AnyRequest, desk: str, digest: str) -> HttpResponse:
    """The stylesheet that sets the desk's colour."""
    look = _look(desk)
    if not look.sheet:
        raise Http404
    if digest != look.sheet:
        return redirect("look_sheet", desk, look.sheet)
    return _for_long(stylesheet(look.colour).encode(), "text/css; charset=utf-8")


@login_not_required
@require_safe
def picture(request: AnyRequest, desk: str, kind: str, digest: str) -> HttpResponse:
    """The logo, or an icon made of it."""
    kept = _look(desk).pictures.get(kind, "")
    if not kept:
        raise Http404
    if digest != short(kept):
        return redirect("look_picture", desk, kind, short(kept))
    try:
        return _for_long(blobs.read(kept), "image/png")
    except (blobs.Missing, blobs.Altered):
        raise Http404 from None


def _look(slug: str) -> Look:
    """What the desk chose. Raises Http404 where there is no desk, or it chose nothing."""
    rows = Desk.objects.filter(slug=slug).values_list(*LOOK_FIELDS)
    row = from_either(rows.first)
    found = look_of(*row) if row else None
    if found is None:
        raise Http404
    return found


def _for_long(content: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Cache-Control"] = FOR_LONG
    return answer
