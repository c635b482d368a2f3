"""Earlier checks by others: the desk's list of them, and the file that brings more."""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.exchange import BadText, earlier, receive, received_before
from annotations.forms import EarlierChecksForm
from annotations.models import Desk, EarlierCheck, Incoming
from annotations.queries.access import may
from annotations.queries.earlier import earlier_checks
from annotations.queries.paging import stretch
from annotations.rights import Right
from annotations.views.http import Request, searched, status_of
from annotations.words.earlier import odd, outcome
from annotations.words.unreadable import bad_text

from .frame import desk_of, frame

PAGE = 50
SHOWN = 100
"""Rows and warnings of a file that a look shows at most; all are counted."""


@require_safe
def check_list(request: Request, desk_slug: str) -> HttpResponse:
    """The desk's earlier checks, the last that came first, and those that hold the words."""
    desk, others = desk_of(request, desk_slug)
    words = searched(request)
    rows = earlier_checks(request.user, desk, words)
    context = frame(request, desk, others, "earlier_checks", _("Earlier checks by others")) | {
        "q": words,
        "stretch": stretch(rows, ("added_at", "pk"), request.GET.dict(), PAGE),
        "query": urlencode({"q": words}) + "&" if words else "",
        "may_import": may(desk, Right.IMPORT),
    }
    context["rows"] = [_row(row) for row in context["stretch"]]
    return render(request, "desk/earlier.html", context)


def _row(row: EarlierCheck) -> dict[str, Any]:
    return {
        "check": row,
        "odd": [{"pointer": each["pointer"], "words": odd(each["code"])} for each in row.warned],
    }


@require_http_methods(["GET", "POST"])
def add_checks(request: Request, desk_slug: str) -> HttpResponse:
    """Choose a file, look at what is in it, keep it. Nothing is kept by the look."""
    desk, _others = desk_of(request, desk_slug, Right.IMPORT)
    form = EarlierChecksForm(request.POST or None, request.FILES or None)
    look = None
    if form.is_bound and form.is_valid():
        try:
            incoming = _incoming(request, desk, form)
            found = earlier.read(bytes(incoming.data), incoming.name)
        except BadText as bad:
            form.add_error("file", bad_text(bad))
        else:
            if request.POST.get("do") == "save":
                done = earlier.keep(desk, found, actor=request.user, file=incoming.name)
                words = outcome(done.new, done.changed, done.same, is_trial=False)
                messages.success(request, words)
                return redirect("earlier_checks", desk.slug)
            look = _look(request, desk, found, incoming)
            form = EarlierChecksForm(initial={"incoming": incoming.uuid})
    context = {"desk": desk, "is_sample": desk.is_sample, "form": form, "look": look}
    return render(request, "desk/earlier_add.html", context, status=status_of(form))


def _incoming(request: Request, desk: Desk, form: EarlierChecksForm) -> Incoming:
    """The file that was chosen, or on an earlier look. Raises BadText."""
    if form.key:
        return received_before(desk, request.user, form.key)
    upload = form.cleaned_data["file"]
    return receive(desk, request.user, upload.name, upload.read())


def _look(request: Request, desk: Desk, found: earlier.Found, incoming: Incoming) -> dict[str, Any]:
    """What a file holds, and what keeping it would do."""
    done = earlier.keep(desk, found, actor=request.user, file=incoming.name, is_trial=True)
    warned = [*found.warned, *(each for check in found.checks for each in check.warned)]
    return {
        "name": incoming.name,
        "kind": found.kind,
        "words": outcome(done.new, done.changed, done.same, is_trial=True),
        "count": done.all,
        "changes_something": bool(done.new or done.changed),
        "checks": list(islice(found.checks, SHOWN)),
        "warned": [(each, odd(each.code)) for each in warned[:SHOWN]],
        "warning_count": len(warned),
    }
