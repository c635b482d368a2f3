"""Who belongs to a desk, in which role."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.accounts import address_of, tell_invited
from annotations.forms import EnrolForm, Invited, InviteForm, ReasonForm
from annotations.models import Desk, Invitation, Membership
from annotations.queries.access import may, require
from annotations.rights import Right
from annotations.views.http import Request, refuse, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.vocabulary import Role

from .frame import desk_of, frame

MOST_SHOWN = 200
"""Invitations on the page, the newest first."""


@require_http_methods(["GET", "POST"])
def people(request: Request, desk_slug: str) -> HttpResponse:
    """Who belongs to the desk; a manager adds people and changes roles."""
    desk, others = desk_of(request, desk_slug)
    form = EnrolForm(sent(request)) if may(desk, Right.MANAGE) else None
    if request.method == "POST":
        require(desk, Right.MANAGE, request.user)
        assert form is not None
        if before := repeated(request):
            return before
        if form.is_valid():
            try:
                return once(request, partial(_enrol, request, desk, form))
            except workflow.Refused as why:
                refuse(form, why)
    members = desk.memberships.select_related("user").order_by("user__first_name", "user__username")
    waiting = Invitation.objects.visible_to(request.user).filter(
        desk=desk, accepted_at__isnull=True, taken_back_at__isnull=True
    )
    context = frame(request, desk, others, "people", _("People")) | {
        "form": form,
        "key": key_for(request),
        "waiting": _with_links(request, waiting) if form else [],
        "members": list(members),
        "roles": Role.choices,
    }
    return render(request, "desk/people.html", context, status=status_of(form))


def _enrol(request: Request, desk: Desk, form: EnrolForm) -> str:
    made = workflow.enrol(desk, form.person(), form.cleaned_data["role"], actor=request.user)
    told = {"person": made.user, "role": made.get_role_display()}
    messages.success(request, _("%(person)s: %(role)s.") % told)
    return reverse("people", args=[desk.slug])


def _with_links(request: Request, waiting: QuerySet[Invitation]) -> list[dict[str, Any]]:
    """The newest invitations; where no mail goes out, each with its link, to be passed on by hand.

    Where mail does, nobody but its reader has the link: an account is then of who has the address.
    """
    rows = list(waiting[:MOST_SHOWN])
    return [
        {
            "row": row,
            "link": ""
            if settings.MAIL_GOES_OUT or not row.is_open
            else request.build_absolute_uri(address_of(row)),
        }
        for row in rows
    ]


@require_http_methods(["GET", "POST"])
def invite(request: Request, desk_slug: str) -> HttpResponse:
    """Invite people, many at once: a line each. Who belongs to the desk already is left as is."""
    desk, others = desk_of(request, desk_slug, Right.MANAGE)
    form = InviteForm(sent(request))
    if form.is_bound and (before := repeated(request)):
        return before
    if form.is_bound and form.is_valid():

        def do() -> str:
            count = sum(_invited(request, desk, person) for person in form.invited)
            told = ngettext("%(count)d person is invited.", "%(count)d people are invited.", count)
            messages.success(request, told % {"count": count})
            return reverse("people", args=[desk.slug])

        return once(request, do)
    context = frame(request, desk, others, "people", _("Invite people")) | {
        "form": form,
        "lead": _("Each gets a mail with a link of their own, and makes their account with it."),
        "verb": _("Invite"),
    }
    return render(request, "desk/ask.html", context, status=status_of(form))


def _invited(request: Request, desk: Desk, person: Invited) -> bool:
    """Whether the person was invited; why not is said on the next page."""
    try:
        workflow.invite(
            desk,
            person.email,
            name=person.name,
            role=person.role,
            actor=request.user,
            tell=lambda made: tell_invited(request, made),
        )
    except workflow.Refused as why:
        messages.warning(request, str(why))
        return False
    return True


@require_POST
def answer_invitation(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Send an invitation once more, with a new link; or take it back."""
    desk, _others = desk_of(request, desk_slug, Right.MANAGE)
    found = get_object_or_404(Invitation.objects.filter(desk=desk).select_related("desk"), uuid=key)
    if "again" in request.POST:
        person = Invited(found.email, found.name, found.role)
        if _invited(request, desk, person):
            messages.success(request, _("%(email)s has a new link.") % {"email": found.email})
        return redirect("people", desk.slug)
    try:
        workflow.uninvite(found, actor=request.user)
    except workflow.Refused as why:
        messages.error(request, str(why))
    else:
        told = _("The invitation of %(email)s no longer works.") % {"email": found.email}
        messages.success(request, told)
    return redirect("people", desk.slug)


@require_http_methods(["GET", "POST"])
def end_membership(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """End somebody's membership, with the reason. Their work and its attribution stay."""
    desk, others = desk_of(request, desk_slug, Right.MANAGE)
    if request.method == "POST" and (before := repeated(request)):
        return before
    member = get_object_or_404(
        Membership.objects.filter(desk=desk).select_related("user", "desk"), uuid=key
    )
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():

        def do() -> str:
            workflow.end_membership(member, actor=request.user, reason=form.cleaned_data["reason"])
            told = _("%(person)s is no longer a member.") % {"person": member.user}
            messages.success(request, told)
            return reverse("people", args=[desk.slug])

        try:
            return once(request, do)
        except workflow.Refused as why:
            refuse(form, why)
    title = _("End the membership of %(person)s") % {"person": member.user}
    context = frame(request, desk, others, "people", title) | {
        "form": form,
        "key": key_for(request),
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
