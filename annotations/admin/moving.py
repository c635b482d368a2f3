"""The workflow's moves as admin actions: a page where a reason or a choice is asked, and a report.

Each chosen row is moved by itself, and what became of it is said in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from annotations import workflow
from annotations.models import User
from annotations.rights import Right

from .access import person

REFUSALS = (workflow.Refused, PermissionDenied)
MOST_AT_ONCE = 500

FormFor = Callable[[HttpRequest, list[Any]], Callable[[Any], forms.BaseForm]]
"""The form of an action, by the request and the rows: what makes it of what is sent."""


def no_cautions(request: HttpRequest, rows: list[Any]) -> list[str]:
    return []


def each(rows: list[Any]) -> Sequence[Any]:
    return rows


@dataclass(frozen=True, slots=True)
class AdminMove:
    """One action: who has it, what it asks, and the call that does it.

    `run` takes an item, the person and what the form says, and returns what was done, in words.
    """

    name: str
    label: str | Promise
    right: Right
    run: Callable[[Any, User, dict[str, Any]], str]
    form: FormFor | None = None
    items: Callable[[list[Any]], Sequence[Any]] = each
    """The chosen rows as what is moved at once."""
    most: int = MOST_AT_ONCE
    cautions: Callable[[HttpRequest, list[Any]], list[str]] = no_cautions
    """What is in nobody's way and yet worth a second look, said above the form."""


def of(
    act: workflow.Act,
    run: Callable[[Any, User, dict[str, Any]], str],
    form: FormFor | None = None,
    **options: Any,
) -> AdminMove:
    """An action out of the workflow’s own table: its label and its right come from there."""
    return AdminMove(options.pop("name", act.name), act.label, act.right, run, form, **options)


def words(refusal: Exception) -> str:
    return str(refusal) or _("You may not do this.")


def _perform(
    request: HttpRequest, move: AdminMove, rows: list[Any], asked: dict[str, Any]
) -> tuple[bool, list[Exception]]:
    """Move each item; returns whether any moved, and why others did not."""
    any_moved, refusals = False, list[Exception]()
    for item in move.items(rows):
        try:
            done = move.run(item, person(request), asked)
        except REFUSALS as refusal:
            refusals.append(refusal)
        else:
            any_moved = True
            messages.success(request, done)
    return any_moved, refusals


def as_action(move: AdminMove) -> Callable[[Any, HttpRequest, Any], HttpResponse | None]:
    """The move as Django's admin calls actions."""

    def act(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        rows = list(queryset[: move.most + 1])
        if len(rows) > move.most:
            messages.error(request, _("Choose at most %d at once.") % move.most)
            return None
        if move.form is None:
            _moved, refusals = _perform(request, move, rows, {})
            for why in refusals:
                messages.error(request, words(why))
            return None
        is_sent = "apply" in request.POST
        form = move.form(request, rows)(request.POST if is_sent else None)
        status = 200
        if is_sent and form.is_valid():
            moved, refusals = _perform(request, move, rows, form.cleaned_data)
            if moved:
                for why in refusals:
                    messages.error(request, words(why))
                return None
            # Nothing moved: the page is shown again, so that nothing typed is lost.
            for why in refusals:
                form.add_error(None, words(why))
                if isinstance(why, workflow.Stale) and hasattr(form, "show_now"):
                    form.show_now(why.current)
            status = 409
        elif is_sent:
            status = 422
        hidden = [(helpers.ACTION_CHECKBOX_NAME, str(row.uuid)) for row in rows]
        hidden += [("action", move.name), ("apply", "1")]
        hidden += form.shown() if hasattr(form, "shown") else []
        return form_page(
            model_admin,
            request,
            form,
            title=move.label,
            rows=rows,
            hidden=hidden,
            cautions=move.cautions(request, rows),
            status=status,
        )

    return act


def form_page(
    model_admin: Any,
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str | Promise,
    rows: Sequence[Any] = (),
    hidden: Sequence[tuple[str, str]] = (),
    cautions: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of the admin with one form on it."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "form": form,
        "rows": rows,
        "hidden": hidden,
        "cautions": cautions,
    }
    return TemplateResponse(request, "admin/annotations/move.html", context, status=status)
