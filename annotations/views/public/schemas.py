"""The shape of what leaves, for whoever reads it by a program."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse

from annotations.exchange import moving
from annotations.formats import checks, lossless
from annotations.queries.publication import State
from annotations.views.http import AnyRequest

from .serving import public


def _nothing_of_a_desk() -> State:
    """A schema is the same whatever is published."""
    return State(("schema",), None, "")


@public(_nothing_of_a_desk, for_scripts=True)
def desk_schema(request: AnyRequest) -> HttpResponse:
    """The JSON Schema of a line of `export_desk`."""
    return _schema(lossless.schema(moving.shapes(), request.build_absolute_uri(request.path)))


@public(_nothing_of_a_desk, for_scripts=True)
def check_schema(request: AnyRequest) -> HttpResponse:
    """The JSON Schema of a line of `export_checks` and of the feed of checks."""
    return _schema(checks.schema(request.build_absolute_uri(request.path)))


def _schema(schema: dict[str, Any]) -> HttpResponse:
    return JsonResponse(schema, content_type="application/schema+json")
