"""What a person has typed into forms and not sent: kept for them, and given back to them alone."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from annotations import moments, workflow
from annotations.models import Desk, UnsentForm
from annotations.views.desk.frame import desk_of
from annotations.views.http import Request, sent_key
from annotations.workflow.unsent import as_kept

FORMS_OF_A_PAGE = 100
"""Forms that are asked for at once."""


@require_http_methods(["GET", "POST"])
def unsent(request: Request, desk_slug: str) -> HttpResponse:
    """Asked by the page's own script. JSON: what is kept of the forms named by `form` (GET).

    Sent `form`, `version`, `key` and `content`, a list of [name, value], keeps it; without content
    lets go of it. Answers 409 with what stands there if another window saved meanwhile, 422 if it
    is too much or no such list, and `sent` if the form was sent already: then nothing is kept.
    """
    desk, _others = desk_of(request, desk_slug)
    if request.method == "POST":
        return _keep(request, desk)
    names = [as_kept(name) for name in request.GET.getlist("form")[:FORMS_OF_A_PAGE]]
    own = UnsentForm.objects.visible_to(request.user).current().filter(desk=desk)
    return JsonResponse({"forms": {row.form: _told(row) for row in own.filter(form__in=names)}})


def _keep(request: Request, desk: Desk) -> HttpResponse:
    form, version = request.POST.get("form", ""), request.POST.get("version", "")
    based_on = int(version) if version.isdecimal() and len(version) < 9 else 0
    content = request.POST.get("content", "")
    if not content:
        workflow.drop_unsent(form, actor=request.user, version=based_on, desk=desk)
        return JsonResponse({"version": 0, "saved": ""})
    fields = _pairs(content)
    if fields is None:
        return JsonResponse({"error": ""}, status=422)
    try:
        row = workflow.keep_unsent(
            desk, form, fields, actor=request.user, based_on=based_on, key=sent_key(request)
        )
    except workflow.Stale as stale:
        return JsonResponse({"theirs": _told(stale.current)}, status=409)
    except workflow.Closed as why:
        # No refusal: a save that was on its way while the form was sent may well arrive after it.
        return JsonResponse({"sent": True, "error": str(why)})
    except workflow.Refused as why:
        return JsonResponse({"error": str(why)}, status=422)
    return JsonResponse({"version": row.version, "saved": _when(row)})


def _pairs(content: str) -> list[tuple[str, str]] | None:
    """The names and values of a form, or nothing where it is something else."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return [(row[0], row[1]) for row in rows] if _is_pairs(rows) else None


def _is_pairs(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == 2 and all(isinstance(each, str) for each in row)
        for row in rows
    )


def _told(row: UnsentForm) -> dict[str, Any]:
    key = str(row.key) if row.key else ""
    return {"fields": row.fields, "version": row.version, "key": key, "saved": _when(row)}


def _when(row: UnsentForm) -> str:
    """When it was saved, in the time of the person: with the day, unless it was today."""
    return moments.shortest(row.saved_at)
