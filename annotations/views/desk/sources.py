"""A source and its saved copies, for whoever may see it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import addresses, blobs, workflow
from annotations.capture.recording import LARGEST
from annotations.forms import ConfideForm, CopyForm, IdentityForm, NoteForm
from annotations.models import (
    AFTER_DISCLOSURE,
    ArchiveRequest,
    Membership,
    Snapshot,
    Source,
)
from annotations.queries import archiving, confidence, noting, sources
from annotations.queries.access import articles_of
from annotations.rights import Right
from annotations.views.http import Request, refuse, status_of
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ArchiveState, CaptureState
from annotations.words.archiving import in_words
from annotations.words.imports import not_saved

logger = logging.getLogger(__name__)

MOST_CHECKED = 20
"""Copies of which a page says whether they are what they were."""


def _takes_copies(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A request of this view may be as large as a copy in a form (annotations.middleware)."""
    view.takes = LARGEST + 1024 * 1024  # type: ignore[attr-defined]
    return view


@_takes_copies
@require_http_methods(["GET", "POST"])
def source(request: Request, key: str) -> HttpResponse:
    """What the source is, and its copies; a file adds one."""
    rows = Source.objects.shown_where(request.user, uuid=key).select_related("desk", "added_by")
    found = get_object_or_404(rows)
    form = CopyForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            workflow.keep_copy(
                found,
                upload,
                person=request.user,
                name=upload.name,
                media_type=upload.content_type or "",
            )
        except OSError as error:
            logger.exception("A copy was not kept")
            refuse(form, blobs.unkept(error))
        else:
            messages.success(request, _("The copy is saved."))
            return redirect("source", key)
    return page(request, found, form=form)


def note_form(request: Request, source: Source, data: Any = None) -> NoteForm | None:
    """The form of a note; None for whoever has no annotation that cites the source."""
    rows = noting.citing(source, request.user)
    claims = [(str(row.uuid), row.assignment.claim.claim_reviewed) for row in rows]
    return NoteForm(data, claims=claims) if claims else None


def page(
    request: Request, found: Source, *, form: CopyForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    """The page of a source, with what was typed into one of its forms."""
    form = form or CopyForm()
    document = sources.document(found, request.user)
    context = {
        "notes": noting.notes_on([each.pk for each in document.descriptions], request.user),
        "note_form": note or note_form(request, found),
        "desk": found.desk,
        "is_sample": found.desk.is_sample,
        "source": found,
        "uses": _uses(document.uses),
        "others": [each for each in document.descriptions if each.pk != found.pk],
        "copies": _checked(document.copies),
        "archived": _archived(request, document),
        "waiting": [each for each in document.captures if each.state == CaptureState.WAITING],
        "failed": _failed(document),
        "changes": document.changes,
        "form": form,
    }
    if found.is_confidential:
        context |= _confidence(request, found)
    status = status_of(note if note is not None else form)
    return render(request, "desk/source.html", context, status=status)


def _confidence(request: Request, source: Source) -> dict[str, Any]:
    may_confide = workflow.may_confide(source, request.user)
    return {
        "confidence": confidence.confidence(source, request.user),
        "may_confide": may_confide,
        "identity_form": IdentityForm(),
        "confide_form": ConfideForm(people=confidence.strangers(source)),
    }


def _archived(request: Request, document: sources.Document) -> list[dict[str, Any]]:
    """What other services said of it; with how to have it sent again, for whoever publishes."""
    rows = archiving.asked_of([each.pk for each in document.descriptions], request.user)
    told = in_words(rows)
    # The last of each service: what was asked for once more is told by its own row.
    last = {row.service: row for row in sorted(rows, key=lambda row: row.wanted_at)}
    failed = [row for row in last.values() if row.state == ArchiveState.FAILED]
    may_publish = Membership.objects.may(request.user, Right.PUBLISH)
    if failed and may_publish.filter(desk=failed[0].source.desk_id).exists():
        objections = workflow.why_not_again(failed)
        for row, each in zip(rows, told, strict=True):
            if row.pk in objections:
                each["objection"] = objections[row.pk]
                each["again"] = reverse("archive_again", args=[row.source.uuid, row.uuid])
    return told


def _checked(copies: list[Snapshot]) -> list[tuple[Snapshot, bool | None]]:
    """Each copy, and whether its bytes are what they were; the newest are looked at.

    None for all of them where what keeps them does not answer: it is waited for once.
    """
    try:
        newest = [(copy, copy.is_whole()) for copy in copies[:MOST_CHECKED]]
    except blobs.Away:
        logger.exception("Copies were not looked at")
        return [(copy, None) for copy in copies]
    return [*newest, *((copy, True) for copy in copies[MOST_CHECKED:])]


def _failed(document: sources.Document) -> str:
    """Why the page could not be saved; empty where there is a copy, or it is still tried."""
    latest = next(iter(document.captures), None)
    if document.copies or latest is None or latest.state != CaptureState.FAILED:
        return ""
    return not_saved(latest.problem, latest.about_problem)


def _uses(uses: list[sources.Use]) -> list[dict[str, Any]]:
    """Where the document is cited: each claim once, with what is quoted for it."""
    found: dict[int, dict[str, Any]] = {}
    articles = articles_of({use.claim.pk for use in uses})
    for use in uses:
        claim, citation = use.claim, use.citation
        if claim.pk not in found:
            at = partial(addresses.workbench, articles[claim.pk], claim=claim.pk)
            about = at(tab="discussion", about=use.source.uuid)
            found[claim.pk] = {
                "claim": claim,
                "url": at(),
                "ask_url": about if claim.status in AFTER_DISCLOSURE else "",
                "passages": [],
            }
        said = (citation.stance, citation.get_stance_display(), citation.passage, citation.locator)
        if said not in found[claim.pk]["passages"]:
            found[claim.pk]["passages"].append(said)
    return list(found.values())


@require_POST
@refusals_in_words
def archive_again(request: Request, key: str, archive_key: str) -> HttpResponse:
    """Have the page sent once more to a service that did not save it."""
    rows = ArchiveRequest.objects.visible_to(request.user).select_related("source__desk")
    found = get_object_or_404(rows, uuid=archive_key, source__uuid=key)
    workflow.archive_again(found, actor=request.user)
    messages.success(request, _("It is sent there again. What becomes of it is told here."))
    return redirect("source", key)


@require_safe
def saved_copy(request: Request, key: str) -> HttpResponseBase:
    """The bytes of a copy, to be saved: never shown by the browser as a page of this site."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    if not copy.is_whole():
        messages.error(request, _("This copy is not what was saved: it was changed, or is gone."))
        return redirect("source", copy.source.uuid)
    answer = StreamingHttpResponse(copy.pieces(), content_type="application/octet-stream")
    name = get_valid_filename(copy.name or f"copy-{copy.sha256[:12]}")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
