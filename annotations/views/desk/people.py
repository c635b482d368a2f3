"""Who belongs to a desk, in which role."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import EnrolForm, ReasonForm
from annotations.models import Membership
from annotations.queries.access import may, require
from annotations.rights import Right
from annotations.views.http import Request, refuse, sent, status_of
from annotations.vocabulary import Role

from .frame import desk_of, frame


@require_http_methods(["GET", "POST"])
def people(request: Request, desk_slug: str) -> HttpResponse:
    """Who belongs to the desk; a manager adds people and changes roles."""
    desk, others = desk_of(request, desk_slug)
    form = EnrolForm(sent(request)) if may(desk, Right.MANAGE) else None
    if request.method == "POST":
        require(desk, Right.MANAGE)
        assert form is not None
        if form.is_valid():
            try:
                made = workflow.enrol(
                    desk, form.person(), form.cleaned_data["role"], actor=request.user
                )
            except workflow.Refused as why:
                refuse(form, why)
            else:
                messages.success(
                    request,
                    _("%(person)s: %(role)s.")
                    % {"person": made.user, "role": made.get_role_display()},
                )
                return redirect("people", desk.slug)
    members = desk.memberships.select_related("user").order_by("user__first_name", "user__username")
    context = frame(request, desk, others, "people", _("People")) | {
        "form": form,
        "members": list(members),
        "roles": Role.choices,
    }
    return render(request, "desk/people.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def end_membership(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """End somebody's membership, with the reason. Their work and its attribution stay."""
    desk, others = desk_of(request, desk_slug, Right.MANAGE)
    member = get_object_or_404(
        Membership.objects.filter(desk=desk).select_related("user", "desk"), uuid=key
    )
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            workflow.end_membership(member, actor=request.user, reason=form.cleaned_data["reason"])
        except workflow.Refused as why:
            refuse(form, why)
        else:
            told = _("%(person)s is no member any more.") % {"person": member.user}
            messages.success(request, told)
            return redirect("people", desk.slug)
    title = _("End the membership of %(person)s") % {"person": member.user}
    context = frame(request, desk, others, "people", title) | {
        "form": form,
        "lead": _("Their work and their name stay. What they still owe lapses."),
        "verb": _("End the membership"),
    }
    return render(request, "desk/ask.html", context, status=status_of(form))


@require_POST
def choose_role(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Give a member another role."""
    desk, _others = desk_of(request, desk_slug, Right.MANAGE)
    member = get_object_or_404(Membership.objects.filter(desk=desk), uuid=key)
    role = request.POST.get("role", "")
    if role in Role.values:
        try:
            workflow.enrol(
                desk, member.user, role, actor=request.user, based_on=request.POST.get("shown")
            )
        except workflow.Refused as why:
            messages.error(request, str(why))
    return redirect("people", desk.slug)
