"""What a desk's pages look like: a manager chooses its logo and its colour."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import LookForm
from annotations.models import Desk
from annotations.rights import Right
from annotations.views.http import Request, refuse, refuse_stale, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.words.look import shades

from .frame import desk_of, frame


@require_http_methods(["GET", "POST"])
def look(request: Request, desk_slug: str) -> HttpResponse:
    """The logo and the colour in force, and others in their place, with a reason."""
    desk, others = desk_of(request, desk_slug, Right.MANAGE)
    if request.method == "POST" and (before := repeated(request)):
        return before
    initial = {"colour": desk.colour, "based_on": workflow.look_basis(desk)}
    files = request.FILES or None
    form = LookForm(sent(request), files, initial=initial, has_logo=bool(desk.logo_file))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, partial(_change, request, desk, form))
        except workflow.Stale as why:
            desk, others = desk_of(request, desk_slug, Right.MANAGE)
            refuse_stale(form, why, workflow.look_basis(desk))
        except workflow.Refused as why:
            refuse(form, why)
    context = frame(request, desk, others, "rules", _("Logo and colour")) | {
        "form": form,
        "key": key_for(request),
        "shades": shades(desk.colour) if desk.colour else [],
    }
    return render(request, "desk/look.html", context, status=status_of(form))


def _change(request: Request, desk: Desk, form: LookForm) -> str:
    workflow.change_look(
        desk,
        form.look(),
        actor=request.user,
        reason=form.cleaned_data["reason"],
        based_on=form.cleaned_data["based_on"],
    )
    messages.success(request, _("The look is changed, on every page."))
    return reverse("look", args=[desk.slug])
