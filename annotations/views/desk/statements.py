"""What a desk says of itself to readers."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations import workflow
from annotations.forms import StatementForm
from annotations.models import Desk, Statement
from annotations.queries import transparency
from annotations.queries.access import may
from annotations.rights import Right
from annotations.views.http import Request, refuse, shown_again
from annotations.views.once import key_for, once, repeated
from annotations.vocabulary import StatementKind

from .frame import desk_of, frame


@require_safe
def statement_list(request: Request, desk_slug: str) -> HttpResponse:
    """The five commitments of the IFCN's code, and which pages each still lacks."""
    desk, others = desk_of(request, desk_slug, Right.READ)
    written = transparency.statements(desk)
    return render(
        request,
        "desk/statements.html",
        frame(request, desk, others, "statements", _("About us, for readers"))
        | {
            "may_manage": may(desk, Right.MANAGE),
            "commitments": transparency.commitments(desk, written),
            "statements": [
                {
                    "label": kind.label,
                    "kind": str(kind),
                    "row": written.get(kind),
                }
                for kind in StatementKind
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def edit_statement(request: Request, desk_slug: str, kind: str) -> HttpResponse:
    """Write the next version of a statement; nobody's version is overwritten."""
    if kind not in StatementKind.values:
        raise Http404
    desk, others = desk_of(request, desk_slug, Right.MANAGE)
    if request.method == "POST" and (before := repeated(request)):
        return before
    newest = Statement.objects.filter(desk=desk, kind=kind).first()
    number = newest.number if newest else 0
    form = StatementForm(
        request.POST or None,
        initial={"body": newest.body if newest else "", "based_on": number},
    )
    theirs, question, status = None, None, 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if said["based_on"] == number and request.POST.get("sure") != _shown(said):
            question = _question(kind, said["body"], number + 1)
        else:
            try:
                return once(request, partial(_write, request, desk, kind, said))
            except workflow.Stale as stale:
                theirs, status = stale.current, 409
                if theirs is None:  # its key was another form's
                    refuse(form, stale)
                else:
                    form = StatementForm(shown_again(request, based_on=theirs.number))
    elif form.is_bound:
        status = 422
    context = frame(request, desk, others, "statements", str(StatementKind(kind).label)) | {
        "label": StatementKind(kind).label,
        "kind": kind,
        "form": form,
        "key": key_for(request),
        "publish": question,
        "seen": _shown(form.cleaned_data) if question else "",
        "theirs": theirs,
        "versions": Statement.objects.filter(desk=desk, kind=kind).select_related("written_by"),
    }
    return render(request, "desk/statement.html", context, status=status)


def _write(request: Request, desk: Desk, kind: str, said: dict[str, Any]) -> str:
    workflow.write_statement(
        desk, kind, said["body"], actor=request.user, based_on=said["based_on"]
    )
    messages.success(request, _("Readers have the new version."))
    return reverse("statements", args=[desk.slug])


def _shown(said: dict[str, Any]) -> str:
    """What stands for the words that somebody was asked about: others are asked about again."""
    return sha256(f"{said['based_on']} {said['body']}".encode()).hexdigest()[:16]


def _question(kind: str, body: str, number: int) -> dict[str, Any]:
    """What is asked once before a statement is public: which it is, and what readers get."""
    if not body.strip():
        what = _("Readers no longer find this page. What they had stays on record.")
    elif number == 1:
        what = _("Readers get these words at once:")
    else:
        what = _("Readers get these words at once, in place of version %(number)d:")
    return {
        "question": _("Publish “%(title)s”?") % {"title": StatementKind(kind).label},
        "what": what % {"number": number - 1},
        "body": body,
        "label": _("Publish version %(number)d") % {"number": number},
    }
