"""What a desk says of itself: how it checks, corrects, is paid, and who it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations.models import Desk
from annotations.queries import transparency
from annotations.views.http import AnyRequest
from annotations.vocabulary import StatementKind

from .serving import in_languages, public


@public(transparency.state)
def about(request: AnyRequest, desk: str) -> HttpResponse:
    """All statements of the desk, those not written yet as well."""
    row = Desk.objects.get(slug=desk)
    written = transparency.statements(row)
    links = [
        {
            "label": kind.label,
            "url": reverse("public_statement", args=[desk, kind])
            if kind in written or kind == StatementKind.RATINGS
            else "",
        }
        for kind in StatementKind
    ]
    path = reverse("public_about", args=[desk])
    return _render(request, "public/about.html", row, path, {"statements": links})


@public(transparency.state)
def statement(request: AnyRequest, desk: str, kind: str) -> HttpResponse:
    """One statement; that on the scale shows the ratings with their definitions, always."""
    row = Desk.objects.get(slug=desk)
    found = transparency.statements(row).get(kind)
    if kind not in StatementKind.values or (found is None and kind != StatementKind.RATINGS):
        raise Http404
    context = {
        "label": StatementKind(kind).label,
        "body": found.body if found else "",
        "number": found.number if found else None,
        "at": found.written_at if found else None,
        "language": row.language,
        "scale": row.ratings if kind == StatementKind.RATINGS else [],
        "about_url": reverse("public_about", args=[desk]),
    }
    path = reverse("public_statement", args=[desk, kind])
    return _render(request, "public/statement.html", row, path, context)


def _render(
    request: AnyRequest, template: str, desk: Desk, path: str, context: dict[str, Any]
) -> HttpResponse:
    shell = in_languages(request, path, request.state) | {
        "desk": desk,
        "is_sample": desk.is_sample,
        "indexable": not desk.is_sample,
    }
    response = render(request, template, shell | context)
    if desk.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response
