"""The shape of what leaves, for whoever reads it by a program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from annotations.exchange import moving
from annotations.formats import lossless


@login_not_required
@require_safe
def desk_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a line of `export_desk`."""
    schema = lossless.schema(moving.shapes(), request.build_absolute_uri(request.path))
    answer = JsonResponse(schema, content_type="application/schema+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
