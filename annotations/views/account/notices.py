"""What a person wants to hear of, and how."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms.account.notices import NoticesForm
from annotations.views.http import Request, sent, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request: Request) -> HttpResponse:
    """Choose for each kind of notice whether a mail goes out, and when."""
    form = NoticesForm(sent(request), person=request.user)
    if form.is_bound and form.is_valid():
        workflow.choose_notices(request.user, form.cleaned_data)
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("notice_choices")
    context = {"form": form, "mail_goes_out": settings.MAIL_GOES_OUT}
    return render(request, "account/notices.html", context, status=status_of(form))
