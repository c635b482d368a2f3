"""The first desk: where somebody is led who keeps the site and belongs to none."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import SetUpForm
from annotations.models import RatingScale
from annotations.views.http import Request, sent, status_of


@require_http_methods(["GET", "POST"])
def set_up(request: Request) -> HttpResponse:
    """Make a desk, with oneself as its first manager. Superusers only."""
    if not request.user.is_superuser:
        raise PermissionDenied(_("Only whoever runs this site can make desks. Ask them for one."))
    form = SetUpForm(sent(request), initial={"language": request.user.language or "en"})
    if form.is_bound and form.is_valid():
        scale = form.cleaned_data["scale"]
        desk = workflow.set_up(form.made(), scale=scale, actor=request.user, manager=request.user)
        return redirect("queue", desk.slug)
    context = {"form": form, "has_scales": RatingScale.objects.exists()}
    return render(request, "account/set_up.html", context, status=status_of(form))
