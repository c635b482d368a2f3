"""A person's own account: their name, language, time zone and keys; and where the rest is."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import AccountForm
from annotations.models import User
from annotations.queries.access import desks_for
from annotations.views.http import Request, sent, status_of


@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """What the person says of themselves, and the pages of what opens their account."""
    form = AccountForm(sent(request), instance=User.objects.get(pk=request.user.pk))
    if form.is_bound and form.is_valid():
        workflow.change_account(request.user, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    context = {
        "form": form,
        "desks": desks_for(request.user),
        "has_factor": is_mfa_enabled(request.user),
        "sessions": UserSession.objects.filter(user=request.user.pk).count(),
    }
    return render(request, "account/own.html", context, status=status_of(form))


@require_POST
def sign_out_everywhere(request: Request) -> HttpResponse:
    """End every session of the person, this one last."""
    for session in UserSession.objects.filter(user=request.user.pk):
        session.end()
    request.session.flush()
    return redirect("account_login")
