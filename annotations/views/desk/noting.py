"""Notes on a source: what is still to be confirmed, for oneself first and then for the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import workflow
from annotations.models import Source, SourceNote
from annotations.queries import noting
from annotations.views.http import Request, acknowledged, refuse
from annotations.views.refusals import refusals_in_words

from . import sources


def _source(request: Request, key: str) -> Source:
    rows = Source.objects.visible_to(request.user).select_related("desk", "added_by")
    return get_object_or_404(rows, uuid=key)


@require_POST
@refusals_in_words
def add_note(request: Request, key: str) -> HttpResponse:
    """Note what is still to be confirmed of a source that one cites."""
    source = _source(request, key)
    form = sources.note_form(request, source, request.POST)
    if form is None:
        raise workflow.Refused(_("None of your annotations cites it."))
    if form.is_valid():
        data = form.cleaned_data
        (annotation,) = noting.citing(source, request.user).filter(uuid=data["annotation"])
        try:
            workflow.add_note(
                annotation, source, data["body"], person=request.user, key=data["key"]
            )
        except workflow.Refused as why:
            refuse(form, why)
        else:
            messages.success(request, _("The note is added."))
            return acknowledged(request, redirect("source", key))
    return sources.page(request, source, note=form)


@require_POST
@refusals_in_words
def settle_note(request: Request, key: str, note_key: str) -> HttpResponse:
    """Say that what was noted is confirmed."""
    source = _source(request, key)
    rows = SourceNote.objects.visible_to(request.user).select_related(
        "annotation__assignment__claim__desk"
    )
    note = get_object_or_404(rows, uuid=note_key, source__in=noting.described(source, request.user))
    workflow.settle_note(note, person=request.user)
    messages.success(request, _("The note is marked as confirmed."))
    return redirect("source", key)
