"""The desk's log, filtered; as a page or as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.formats import jsonlines, spreadsheet
from annotations.forms import LogForm
from annotations.queries import log as log_queries
from annotations.views.http import Request, status_of
from annotations.vocabulary import MoveName
from annotations.words.log import desk_lines

from .files import as_file
from .frame import desk_of, frame

PAGE = 50


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
        rows = log_queries.as_rows(lines)
        return as_file(desk, "log", str(file), _FILES[str(file)](rows))
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


_FILES = {"csv": _as_csv, "jsonl": _as_json_lines}
