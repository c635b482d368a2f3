"""The desk itself: its rules, guidelines and people, its log, and what became of one's work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import drafts, workflow
from annotations.formats import spreadsheet
from annotations.forms import EnrolForm, GuidelinesForm, LogForm, ReasonForm, RulesForm
from annotations.models import Desk, Guidelines, Membership
from annotations.queries import log as log_queries
from annotations.queries import outcomes as outcome_queries
from annotations.queries.access import may, require
from annotations.queries.paging import stretch
from annotations.rights import Right
from annotations.vocabulary import Role

from .answers import Request, refusals_in_words, status_of
from .shell import desk_of, frame
from .words import MOVES, desk_lines

PAGE = 50
LINES_AT_ONCE = 500


@require_http_methods(["GET", "POST"])
def rules(request: Request) -> HttpResponse:
    """How the desk works, and what that leaves out; a manager changes it, with a reason."""
    desk, others = desk_of(request)
    form = None
    if may(desk, Right.MANAGE):
        form = RulesForm(request.POST or None, instance=Desk.objects.get(pk=desk.pk))
    if request.method == "POST":
        require(desk, Right.MANAGE)
        assert form is not None
        if form.is_valid():
            try:
                workflow.change_rules(
                    desk, form.rules(), actor=request.user, reason=form.cleaned_data["reason"]
                )
            except workflow.Refused as why:
                form.add_error(None, str(why))
            else:
                messages.success(request, _("The rules are changed, from now on."))
                return redirect("rules")
    context = frame(desk, others, "rules", _("Rules")) | {
        "form": form,
        "policy": desk.policy,
        "left_out": [safeguard.label for safeguard in desk.policy.leaves_out],
        "rules": workflow.rules_in_words(desk),
        "scale": desk.scale,
        "ratings": list(desk.ratings),
    }
    return render(request, "annotations/rules.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def guidelines(request: Request) -> HttpResponse:
    """The guidelines, any version of them; a manager writes the next."""
    desk, others = desk_of(request)
    if request.htmx:
        shown = Guidelines.objects.current(desk)
        part = "annotations/includes/guidelines_text.html"
        return render(request, part, {"desk": desk, "shown": shown})
    versions = list(Guidelines.objects.filter(desk=desk).select_related("created_by"))
    current = versions[0] if versions else None
    asked = request.GET.get("version", "")
    shown = next((row for row in versions if str(row.version) == asked), current)
    form, status = None, 200
    if may(desk, Right.MANAGE) and ("write" in request.GET or request.method == "POST"):
        initial = {
            "text": current.text if current else "",
            "based_on": current.version if current else 0,
        }
        form = GuidelinesForm(request.POST or None, initial=initial)
        status = status_of(form)
    if request.method == "POST":
        require(desk, Right.MANAGE)
        assert form is not None
        if form.is_valid():
            try:
                workflow.write_guidelines(desk, actor=request.user, **form.cleaned_data)
            except workflow.Refused as why:
                # Whoever has been shown the newer version may write over it.
                data = request.POST.copy()
                data["based_on"] = str(current.version if current else 0)
                form.data = data
                form.add_error(None, str(why))
                status = 409
            else:
                messages.success(request, _("The guidelines have a new version."))
                return redirect("guidelines")
    context = frame(desk, others, "guidelines", _("Guidelines")) | {
        "form": form,
        "shown": shown,
        "current": current,
        "versions": versions,
        "may_write": may(desk, Right.MANAGE),
    }
    return render(request, "annotations/guidelines.html", context, status=status)


@require_http_methods(["GET", "POST"])
def people(request: Request) -> HttpResponse:
    """Who belongs to the desk; a manager adds people and changes roles."""
    desk, others = desk_of(request)
    form = EnrolForm(request.POST or None) if may(desk, Right.MANAGE) else None
    if request.method == "POST":
        require(desk, Right.MANAGE)
        assert form is not None
        if form.is_valid():
            try:
                made = workflow.enrol(
                    desk, form.person(), form.cleaned_data["role"], actor=request.user
                )
            except workflow.Refused as why:
                form.add_error(None, str(why))
            else:
                messages.success(
                    request,
                    _("%(person)s: %(role)s.")
                    % {"person": made.user, "role": made.get_role_display()},
                )
                return redirect("people")
    members = desk.memberships.select_related("user").order_by("user__first_name", "user__username")
    context = frame(desk, others, "people", _("People")) | {
        "form": form,
        "members": list(members),
        "roles": Role.choices,
    }
    return render(request, "annotations/people.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def end_membership(request: Request, key: str) -> HttpResponse:
    """End somebody's membership, with the reason. Their work and its attribution stay."""
    desk, others = desk_of(request)
    require(desk, Right.MANAGE)
    member = get_object_or_404(
        Membership.objects.filter(desk=desk).select_related("user", "desk"), uuid=key
    )
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.end_membership(member, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(person)s is no member any more.") % {"person": member.user})
        return redirect("people")
    title = _("End the membership of %(person)s") % {"person": member.user}
    context = frame(desk, others, "people", title) | {
        "form": form,
        "lead": _("Their work and their name stay. What they still owe lapses."),
        "verb": _("End the membership"),
    }
    return render(request, "annotations/desk_ask.html", context, status=status_of(form))


@require_safe
def log(request: Request) -> HttpResponseBase:
    """Every move of the desk that the person may read, filtered; as a page or as a file."""
    desk, others = desk_of(request)
    form = LogForm(
        request.GET or None, desk=desk, moves=[(name, _move(name)) for name in sorted(MOVES)]
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
    context = frame(desk, others, "log", _("Log")) | {
        "form": form,
        "stretch": page,
        "lines": desk_lines(page, desk),
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "annotations/log.html", context, status=status_of(form))


def _move(name: str) -> str:
    """A move by name, without the person it would name in a line."""
    words = str(MOVES[name])
    return words.replace("%(person)s", _("somebody")).replace("%(task)s", _("do something"))


def _as_csv(rows: Iterator[log_queries.Row]) -> Iterator[str]:
    return spreadsheet.lines(log_queries.COLUMNS, rows)


def _as_json_lines(rows: Iterator[log_queries.Row]) -> Iterator[str]:
    for row in rows:
        line = json.dumps(log_queries.as_dict(row), ensure_ascii=False)
        yield f'{line[:-1]}, "policy": {row.policy}}}\n'


def _in_pieces(lines: Iterator[str]) -> Iterator[str]:
    """Some hundred lines at a time: what is sent to the reader one by one is sent slowly."""
    while piece := "".join(islice(lines, LINES_AT_ONCE)):
        yield piece


_FILES = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "jsonl": ("application/jsonl; charset=utf-8", _as_json_lines),
}


def _as_file(desk: Desk, lines: Any, kind: str) -> StreamingHttpResponse:
    media_type, write = _FILES[kind]
    answer = StreamingHttpResponse(
        _in_pieces(write(log_queries.as_rows(lines))), content_type=media_type
    )
    name = f"{'sample-' if desk.is_sample else ''}log-{desk.slug}-{timezone.localdate()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def outcomes(request: Request) -> HttpResponse:
    """One's own annotations, and what the desk decided on each claim."""
    desk, others = desk_of(request)
    own = outcome_queries.own_annotations(desk, request.user)
    page = stretch(own, outcome_queries.ORDER, request.GET, PAGE)
    rows = outcome_queries.outcomes(page.rows, request.user)
    # Whoever reads the verdict here does not annotate the claim blind again.
    drafts.note_sighting(
        [row.annotation.assignment.claim for row in rows if row.verdict], request.user
    )
    context = frame(desk, others, "outcomes", _("My annotations")) | {
        "lead": _("What you answered, and what the desk made of it."),
        "stretch": page,
        "rows": rows,
        "query": "",
    }
    return render(request, "annotations/outcomes.html", context)


@require_safe
def more(request: Request) -> HttpResponse:
    """The links beside the desk's pages, for screens with no room for them."""
    desk, others = desk_of(request)
    context = frame(desk, others, "", desk.name) | {"more_is_current": True}
    return render(request, "annotations/desk_more.html", context)


@require_POST
def choose_role(request: Request, key: str) -> HttpResponse:
    """Give a member another role."""
    desk, _others = desk_of(request)
    require(desk, Right.MANAGE)
    member = get_object_or_404(Membership.objects.filter(desk=desk), uuid=key)
    role = request.POST.get("role", "")
    if role in Role.values:
        try:
            workflow.enrol(desk, member.user, role, actor=request.user)
        except workflow.Refused as why:
            messages.error(request, str(why))
    return redirect("people")
