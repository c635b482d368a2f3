"""Who a confidential source is: written down, looked at, confided, forgotten.

The name stands in the answer to one POST and on no page that a link leads to.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from annotations import workflow
from annotations.forms import ConfideForm, IdentityForm
from annotations.models import Confidant, Source
from annotations.queries import confidence
from annotations.views.http import Request
from annotations.views.refusals import refusals_in_words


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@refusals_in_words
def keep_identity(request: Request, key: str) -> HttpResponse:
    """Write down who it is; a form that says nothing comes back with why."""
    source = _known(request, key)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _page(request, source, {"form": form}, status=422)
    workflow.keep_identity(source, form.who(), actor=request.user, key=form.cleaned_data["key"])
    messages.success(request, _("It is written down, for those who may know it."))
    return redirect("source", source.uuid)


@never_cache
@sensitive_variables()
@require_POST
@refusals_in_words
def see_identity(request: Request, key: str) -> HttpResponse:
    """The name, with a form to put it right. That it was looked at is noted."""
    source = _known(request, key)
    who = workflow.see_identity(source, actor=request.user)
    form = IdentityForm(initial={"secret_name": who.name, "secret_contact": who.contact})
    return _page(request, source, {"who": who, "form": form})


@require_POST
@refusals_in_words
def confide(request: Request, key: str) -> HttpResponse:
    """Let a member of the desk see it."""
    source = _known(request, key)
    form = ConfideForm(request.POST, people=confidence.strangers(source))
    if form.is_valid():
        person = form.cleaned_data["person"]
        workflow.confide(source, person, actor=request.user)
        messages.success(request, _("%(person)s may see who it is.") % {"person": person})
    else:
        messages.error(request, _("Choose somebody of the desk who does not know it yet."))
    return redirect("source", source.uuid)


@require_POST
@refusals_in_words
def end_confidence(request: Request, key: str, confidant_key: str) -> HttpResponse:
    """Let a member see it no longer."""
    source = _known(request, key)
    rows = Confidant.objects.filter(source=source).select_related("source__desk", "person")
    confidant = get_object_or_404(rows, uuid=confidant_key)
    workflow.end_confidence(confidant, actor=request.user)
    messages.success(request, _("%(person)s can no longer see it.") % {"person": confidant.person})
    return redirect("source", source.uuid)


@require_POST
@refusals_in_words
def forget_identity(request: Request, key: str) -> HttpResponse:
    """Delete the name for good, once it is said twice."""
    source = _known(request, key)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick the box: it cannot be brought back."))
        return redirect("source", source.uuid)
    workflow.forget_identity(source, actor=request.user)
    messages.success(request, _("The name is forgotten."))
    return redirect("source", source.uuid)


def _known(request: Request, key: str) -> Source:
    """The confidential source, for whoever may know who it is; to others there is no such page."""
    rows = Source.objects.visible_to(request.user).filter(is_confidential=True)
    source = rows.select_related("desk", "added_by").filter(uuid=key).first()
    if source is None:
        raise Http404
    if not confidence.knows(source, request.user):
        raise PermissionDenied(workflow.why_not_known(source))
    return source


def _page(
    request: Request, source: Source, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"desk": source.desk, "is_sample": source.desk.is_sample, "source": source}
    return render(request, "desk/identity.html", context | more, status=status)
