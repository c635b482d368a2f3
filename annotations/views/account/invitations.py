"""Following an invitation: an account is made, or the one that is signed in joins the desk."""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.accounts import language_of, of_pages
from annotations.forms import ComeInForm, proposed_username
from annotations.models import Invitation, account_of
from annotations.views.http import Request, refuse, sent, status_of


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: Request, shown: str) -> HttpResponse:
    """What the link of an invitation leads to. It is looked at by strangers: nothing is told
    but the desk's name, the role and the address that the mail went to."""
    try:
        found = workflow.invitation_of(shown)
    except workflow.Refused as why:
        return render(request, "account/no_invitation.html", {"why": str(why)}, status=410)
    signed_in = request.user.is_authenticated
    language = language_of(request.user) if signed_in else of_pages(found.desk.language)
    with translation.override(language):
        return (_join if signed_in else _come_in)(request, shown, found)


def _join(request: Request, shown: str, found: Invitation) -> HttpResponse:
    """The person signed in belongs to the desk by one click; they may have another address."""
    if request.method == "POST":
        try:
            member = workflow.accept(shown, actor=request.user)
        except (workflow.Refused, PermissionDenied) as why:
            return render(request, "account/no_invitation.html", {"why": str(why)}, status=409)
        told = {"desk": member.desk, "role": member.get_role_display()}
        messages.success(request, _("You belong to %(desk)s now: %(role)s.") % told)
        return redirect("queue", member.desk.slug)
    return render(request, "account/join.html", {"invitation": found})


def _come_in(request: Request, shown: str, found: Invitation) -> HttpResponse:
    if account_of(found.email) is not None:
        return render(request, "account/join.html", {"invitation": found, "must_sign_in": True})
    first, _space, last = found.name.partition(" ")
    username = proposed_username(found.name, found.email)
    form = ComeInForm(
        sent(request), initial={"first_name": first, "last_name": last, "username": username}
    )
    answer: HttpResponse
    if request.method == "POST" and not ratelimit.consume(request, action="signup"):
        answer = ratelimit.respond_429(request)
        return answer
    if form.is_bound and form.is_valid():
        try:
            person = workflow.come_in(shown, form.instance, form.cleaned_data["password"])
        except (workflow.Refused, PermissionDenied) as why:
            refuse(form, why)
        else:
            page = reverse("queue", args=[found.desk.slug])
            answer = perform_login(request, person, redirect_url=page)
            return answer
    context = {"form": form, "invitation": found}
    return render(request, "account/come_in.html", context, status=status_of(form))
