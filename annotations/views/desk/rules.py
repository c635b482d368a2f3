"""The desk itself: its rules, guidelines and people, its log, and what became of one's work."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import RulesForm
from annotations.models import Desk
from annotations.queries.access import may, require
from annotations.rights import Right
from annotations.views.http import Request, refuse, refuse_stale, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.words.rules import rules_in_words

from .frame import desk_of, frame

PAGE = 50


@require_http_methods(["GET", "POST"])
def rules(request: Request, desk_slug: str) -> HttpResponse:
    """How the desk works, and what that leaves out; a manager changes it, with a reason."""
    desk, others = desk_of(request, desk_slug)
    form = None
    if may(desk, Right.MANAGE):
        initial = {"based_on": workflow.rules_basis(desk)}
        form = RulesForm(sent(request), instance=Desk.objects.get(pk=desk.pk), initial=initial)
    if request.method == "POST":
        require(desk, Right.MANAGE, request.user)
        assert form is not None
        if before := repeated(request):
            return before
        if form.is_valid():
            try:
                return once(request, partial(_change, request, desk, form))
            except workflow.Stale as why:
                refuse_stale(form, why, workflow.rules_basis(desk))
            except workflow.Refused as why:
                refuse(form, why)
    context = frame(request, desk, others, "rules", _("Rules")) | {
        "form": form,
        "key": key_for(request),
        "policy": desk.policy,
        "left_out": [safeguard.label for safeguard in desk.policy.leaves_out],
        "rules": rules_in_words(desk),
        "scale": desk.scale,
        "ratings": desk.ratings,
    }
    return render(request, "desk/rules.html", context, status=status_of(form))


def _change(request: Request, desk: Desk, form: RulesForm) -> str:
    workflow.change_rules(
        desk,
        form.rules(),
        actor=request.user,
        reason=form.cleaned_data["reason"],
        based_on=form.cleaned_data["based_on"],
    )
    messages.success(request, _("The rules are changed, from now on."))
    return reverse("rules", args=[desk.slug])
