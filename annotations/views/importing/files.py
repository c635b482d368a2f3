"""Files that the worker takes in: bringing them, how far each is, stopping one."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import workflow
from annotations.formats import spreadsheet
from annotations.forms import FileImportsForm
from annotations.models import Desk, FileImport
from annotations.queries.paging import stretch
from annotations.rights import Right
from annotations.views.desk.frame import desk_of, frame
from annotations.views.http import Request, refuse, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import FileImportState
from annotations.words.earlier import odd
from annotations.words.file_imports import how_far, outcome, why_refused
from annotations.words.unreadable import expected_in

PAGE = 20
SHOWN = 100
"""Warnings and wrong places that the page of a file shows; the CSV has all of them."""
COLUMNS = ("line", "place", "value", "expected")


@require_http_methods(["GET", "POST"])
def file_list(request: Request, desk_slug: str) -> HttpResponse:
    """The files that the user brought, the last first, and a form for more."""
    desk, others = desk_of(request, desk_slug, Right.IMPORT)
    if before := repeated(request):
        return before
    form = FileImportsForm(sent(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _bring(request, desk, form))
        except workflow.Refused as why:
            refuse(form, why)
    page = stretch(_mine(request, desk), ("at", "pk"), request.GET.dict(), PAGE)
    context = frame(request, desk, others, "file_imports", _("Files that are taken in")) | {
        "form": form,
        "key": key_for(request),
        "stretch": page,
        "query": "",
        "files": [_shown(row) for row in page],
        "is_waiting": any(row.state == FileImportState.WAITING for row in page),
    }
    return render(request, "importing/files.html", context, status=status_of(form))


def _mine(request: Request, desk: Desk) -> Any:
    """Without what weighs: the bytes, and what is wrong with each row."""
    rows = FileImport.objects.visible_to(request.user).filter(desk=desk)
    return rows.defer("data", "wrong", "odd")


def _bring(request: Request, desk: Desk, form: FileImportsForm) -> str:
    holds_checks = form.cleaned_data["holds_checks"]
    files = [
        workflow.Sent(each.name, each.read(), holds_checks) for each in form.cleaned_data["uploads"]
    ]
    rows = workflow.bring(desk, files, actor=request.user)
    return to_files(desk, rows)


def to_files(desk: Desk, rows: list[FileImport]) -> str:
    """Where one sees how far they are: the page of the only one, else the list."""
    if len(rows) == 1:
        return reverse("file_import", args=[desk.slug, rows[0].uuid])
    return reverse("file_imports", args=[desk.slug])


def _shown(row: FileImport) -> dict[str, Any]:
    return {
        "file": row,
        "words": how_far(row),
        "outcome": outcome(row),
        "why": why_refused(row),
        "is_waiting": row.state == FileImportState.WAITING,
    }


@require_safe
def one_file(request: Request, desk_slug: str, key: uuid.UUID) -> HttpResponse:
    """How far a file is, what was odd about it, and what is wrong with its rows."""
    desk, _others = desk_of(request, desk_slug, Right.IMPORT)
    rows = FileImport.objects.visible_to(request.user).filter(desk=desk).defer("data")
    row = get_object_or_404(rows, uuid=key)
    shown = _shown(row)
    context = {
        "shown": shown,
        "file": row,
        "is_waiting": shown["is_waiting"],
        "desk": desk,
        "is_sample": desk.is_sample,
        "wrong": [_told(each) for each in row.wrong[:SHOWN]],
        "wrong_count": row.about_problem.get("count", 0) if row.wrong else 0,
        "odd": [(each, odd(each["code"])) for each in row.odd[:SHOWN]],
    }
    return render(request, "importing/file.html", context)


def _told(wrong: dict[str, Any]) -> dict[str, Any]:
    """A wrong place with what was expected there, in the reader's language."""
    return wrong | {"expected": expected_in(wrong)}


@require_POST
@refusals_in_words
def stop_file(request: Request, desk_slug: str, key: uuid.UUID) -> HttpResponse:
    """Take in no more of it. What is on the desk stays."""
    desk, _others = desk_of(request, desk_slug, Right.IMPORT)
    row = get_object_or_404(_mine(request, desk), uuid=key)
    workflow.stop_file_import(row, actor=request.user)
    return redirect("file_import", desk.slug, row.uuid)


@require_safe
def wrong_rows(request: Request, desk_slug: str, key: uuid.UUID) -> HttpResponse:
    """What is wrong with the rows of a file, as CSV."""
    desk, _others = desk_of(request, desk_slug, Right.IMPORT)
    rows = FileImport.objects.visible_to(request.user).filter(desk=desk).only("uuid", "wrong")
    row = get_object_or_404(rows, uuid=key)
    lines = spreadsheet.lines(
        COLUMNS, ([told.get(name, "") for name in COLUMNS] for told in map(_told, row.wrong))
    )
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    name = f"wrong-rows-{row.uuid.hex[:8]}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
