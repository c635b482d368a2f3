"""Filters that are kept by a name, beside the lists that they filter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import workflow
from annotations.forms import SaveFilterForm
from annotations.models import SavedFilter
from annotations.queries.access import may
from annotations.rights import Right
from annotations.views.http import Request
from annotations.views.refusals import refusals_in_words

from .frame import desk_of
from .queue import list_address


@require_POST
@refusals_in_words
def save_filter(request: Request, desk_slug: str) -> HttpResponse:
    """Keep the filter of a list, and lead back to the list."""
    desk, _others = desk_of(request, desk_slug)
    form = SaveFilterForm(request.POST, for_desk=may(desk, Right.ASSIGN))
    if not form.is_valid():
        raise workflow.Refused(" ".join(str(why) for each in form.errors.values() for why in each))
    data = form.cleaned_data
    workflow.save_filter(
        desk,
        data["name"],
        data["query"],
        actor=request.user,
        for_desk=data["whose"] == SaveFilterForm.DESK,
        sort=data["sort"],
    )
    messages.success(request, _("The filter “%(name)s” is saved.") % data)
    words = request.POST.get("query", "")[:200]
    return redirect(list_address(desk, form.page(), words, request.POST.get("sort", "")))


@require_POST
@refusals_in_words
def remove_filter(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Keep it no longer."""
    desk, _others = desk_of(request, desk_slug)
    rows = SavedFilter.objects.visible_to(request.user).filter(desk=desk)
    kept = get_object_or_404(rows, uuid=key)
    workflow.remove_filter(kept, actor=request.user)
    messages.success(request, _("The filter “%(name)s” is removed.") % {"name": kept.name})
    return redirect(SaveFilterForm(request.POST).page(), desk.slug)
