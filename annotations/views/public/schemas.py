"""The shape of what leaves, for whoever reads it by a program."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from annotations.exchange import moving
from annotations.formats import checks, lossless


@login_not_required
@require_safe
def desk_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a line of `export_desk`."""
    return _schema(lossless.schema(moving.shapes(), request.build_absolute_uri(request.path)))


@login_not_required
@require_safe
def check_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a line of `export_checks` and of the feed of checks."""
    return _schema(checks.schema(request.build_absolute_uri(request.path)))


def _schema(schema: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(schema, content_type="application/schema+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
