"""The desk's log, filtered; as a page or as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.formats import jsonlines, spreadsheet
from annotations.forms import LogForm
from annotations.models import Desk
from annotations.queries import log as log_queries
from annotations.views.http import Request, status_of
from annotations.vocabulary import MoveName
from annotations.words.log import desk_lines

from .frame import desk_of, frame

PAGE = 50
LINES_AT_ONCE = 500


@require_safe
def log(request: Request, desk_slug: str) -> HttpResponseBase:
    """Every move of the desk that the person may read, filtered; as a page or as a file."""
    desk, others = desk_of(request, desk_slug)
    form = LogForm(
        request.GET or None,
        desk=desk,
        moves=[(str(value), str(label)) for value, label in MoveName.choices],
    )
    wanted: log_queries.LogFilter = {}
    if form.is_valid():
        asked = form.cleaned_data
        wanted = {
            "person": asked["person"],
            "move": asked["move"],
            "words": asked["q"],
            "since": asked["since"],
            "until": asked["until"],
        }
    lines = log_queries.desk_log(desk, request.user, wanted)
    if (file := request.GET.get("as")) in _FILES:
        return _as_file(desk, lines, str(file))
    page = log_queries.page_of(lines, request.GET, PAGE)
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    context = frame(request, desk, others, "log", _("Log")) | {
        "form": form,
        "stretch": page,
        "lines": desk_lines(page, desk),
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "desk/log.html", context, status=status_of(form))


def _as_csv(rows: Iterator[log_queries.Row]) -> Iterator[str]:
    return spreadsheet.lines(log_queries.COLUMNS, rows)


def _as_json_lines(rows: Iterator[log_queries.Row]) -> Iterator[str]:
    for row in rows:
        line = json.dumps(log_queries.as_dict(row), ensure_ascii=False)
        line = f'{line[:-1]}, "detail": {row.detail}, "policy": {row.policy}}}'
        yield f"{jsonlines.one_line(line)}\n"


def _in_pieces(lines: Iterator[str]) -> Iterator[str]:
    """Some hundred lines at a time: what is sent to the reader one by one is sent slowly."""
    while piece := "".join(islice(lines, LINES_AT_ONCE)):
        yield piece


_FILES = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "jsonl": (jsonlines.MEDIA_TYPE, _as_json_lines),
}


def _as_file(desk: Desk, lines: Any, kind: str) -> StreamingHttpResponse:
    media_type, write = _FILES[kind]
    answer = StreamingHttpResponse(
        _in_pieces(write(log_queries.as_rows(lines))), content_type=media_type
    )
    name = f"{'sample-' if desk.is_sample else ''}log-{desk.slug}-{timezone.localdate()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
