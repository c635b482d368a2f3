"""What checkers do on the workbench: draft, cite, submit. All of it is their own."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations import workflow
from annotations.forms import AnnotationForm, PlaceForm
from annotations.models import Annotation, Assignment, Citation, DraftVersion
from annotations.queries import finding, sources
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_of, own_check
from annotations.queries.workbench import Workbench
from annotations.views.conflicts import conflict_page, resolved
from annotations.views.http import Request, acknowledged, kept_query, panel_address, refuse
from annotations.views.refusals import refusals_in_words

from . import check_panels
from . import workbench as article_workbench
from .citing import entry_of, start
from .panels import Urls


@require_POST
@refusals_in_words
def annotate(request: Request, key: str) -> HttpResponse:
    """Save one's draft; asked by the page itself (X-Autosave) the answer is JSON.

    Then one field that is wrong keeps no other from being saved: the answer says which it was.
    """
    check = own_check(request.user, key)
    desk = check.claim.desk
    quiet = "X-Autosave" in request.headers
    data = resolved(request.POST, AnnotationForm.WORDING)
    form = AnnotationForm(data, instance=getattr(check, "annotation", None), desk=desk)
    if not form.is_valid() and not (quiet and form.errors.keys() <= set(AnnotationForm.WORDING)):
        if quiet:
            return JsonResponse({"errors": form.errors}, status=422)
        bench, entry = entry_of(request, check)
        return article_workbench.page(
            request, bench, check_panels.check_panel(request, bench, entry, form), status=422
        )
    saved = form.cleaned_data
    try:
        start(request, check)
        version = workflow.save_annotation(
            check,
            # What is wrong was not written to the instance: it holds what was saved before.
            workflow.Answer(
                *(saved.get(name, getattr(form.instance, name)) for name in AnnotationForm.WORDING)
            ),
            person=request.user,
            based_on=saved["version"],
            key=saved["key"],
        )
    except workflow.Stale as stale:
        if quiet:
            return JsonResponse({"error": _("Changed in another window.")}, status=409)
        if stale.current is not None:
            return _conflict(request, check, data)
        return _refused(request, check, form, stale)
    except workflow.Refused as why:
        if quiet:
            return JsonResponse({"error": str(why)}, status=410)
        return _refused(request, check, form, why)
    if quiet:
        now = time_format(timezone.localtime(), "TIME_FORMAT")
        return JsonResponse({"saved": now, "version": version, "errors": form.errors})
    return acknowledged(request, _then(request, check, request.POST.get("then", ""), version))


def _refused(
    request: Request, check: Assignment, form: AnnotationForm, why: workflow.Refused
) -> HttpResponse:
    """The panel as it was typed, and why it cannot be saved."""
    refuse(form, why)
    bench, entry = entry_of(request, check)
    panel = check_panels.check_panel(request, bench, entry, form)
    return article_workbench.page(request, bench, panel, status=409)


def _conflict(request: Request, check: Assignment, data: Any) -> HttpResponse:
    current = Annotation.objects.get(assignment=check)
    return conflict_page(
        request,
        article_of(check.claim),
        data,
        theirs=AnnotationForm(instance=current, desk=check.claim.desk),
        version=current.version,
        by=request.user,
        at=current.saved_at,
    )


def _then(request: Request, check: Assignment, then: str, version: int) -> HttpResponse:
    """Where a saved draft leads: on to a source, to the next claim, or handed in."""
    article = article_of(check.claim)
    if then == "source":
        return redirect(panel_address(request, article.pk, claim=check.claim_id, cite="new"))
    if then == "submit":
        try:
            workflow.submit(check, actor=request.user, based_on=version)
        except workflow.Refused as why:  # the draft is saved: it stands on the page again
            messages.error(request, str(why))
        else:
            messages.success(request, _("Your annotation is submitted."))
        return redirect(panel_address(request, article.pk, claim=check.claim_id))
    if then.startswith("place "):
        return _place(request, check, then)
    if then == "next":
        bench = workbench_queries.workbench(article, request.user, kept_query(request))
        if (following := _next_owed(bench, check.claim_id)) is not None:
            return redirect(panel_address(request, article.pk, claim=following))
    return redirect(panel_address(request, article.pk, claim=check.claim_id))


def _place(request: Request, check: Assignment, then: str) -> HttpResponse:
    """Put a source at another place ("place", its UUID, the place), where scripts do not."""
    _word, _space, named = then.partition(" ")
    key, _space, place = named.partition(" ")
    own = {str(row.uuid): row for row in _own_citations(check)}
    if key in own and place.isdecimal() and len(place) < 5:
        workflow.place_citation(check, own[key], int(place), person=request.user)
    url = panel_address(request, article_of(check.claim).pk, claim=check.claim_id)
    return redirect(url)


@require_POST
@refusals_in_words
def place_source(request: Request, key: str, citation_key: str) -> HttpResponse:
    """Put a source of one's draft at another place, as its page asks with a script."""
    check = own_check(request.user, key)
    citation = get_object_or_404(_own_citations(check), uuid=citation_key)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        place = workflow.place_citation(
            check, citation, form.cleaned_data["place"], person=request.user,
            key=form.cleaned_data["key"],
        )  # fmt: skip
    except workflow.Refused as why:
        return JsonResponse({"error": str(why)}, status=410)
    return JsonResponse({"place": place})


def _next_owed(bench: Workbench, claim: int) -> int | None:
    """The user's next open claim that matches the filter, wrapping around.

    None if there is no other. The claim just answered may no longer match.
    """
    entry = bench.entry(claim)
    here = entry.number if entry else 0
    owed = [each for each in finding.matching(bench, bench.query) if each.is_open_to_me]
    following = next((each for each in owed if each.number > here), owed[0] if owed else None)
    return following.claim.pk if following and following.claim.pk != claim else None


@require_safe
def find_source(request: Request, key: str) -> HttpResponse:
    """Type-ahead over the user's own sources and those disclosed to them."""
    check = own_check(request.user, key)
    find = request.GET.get("find", "").replace("\0", "").strip()[:200]
    url = Urls(article_of(check.claim), kept_query(request))
    found = sources.found_again(request.user, check.claim.desk, find)
    return render(
        request,
        "article/found_sources.html",
        {"find": find, "found": check_panels.found_sources(found, url, check.claim_id)},
    )


@require_POST
@refusals_in_words
def uncite(request: Request, key: str, citation_key: str) -> HttpResponse:
    """Take a source out of one's draft."""
    check = own_check(request.user, key)
    citation = get_object_or_404(_own_citations(check), uuid=citation_key)
    workflow.remove_citation(check, citation, person=request.user)
    messages.success(request, _("The source is taken out of your annotation. It can be undone."))
    return redirect(
        panel_address(request, article_of(check.claim).pk, claim=check.claim_id, taken="1")
    )


def _own_citations(check: Assignment) -> QuerySet[Citation]:
    return Citation.objects.filter(annotation__assignment=check)


def _own_version(check: Assignment, key: str) -> DraftVersion:
    own = DraftVersion.objects.filter(annotation__assignment=check).select_related("rating")
    return get_object_or_404(own, uuid=key)


@require_POST
@refusals_in_words
def restore(request: Request, key: str, version_key: str) -> HttpResponse:
    """Put one's draft back as it was at a version."""
    check = own_check(request.user, key)
    version = _own_version(check, version_key)
    based_on = request.POST.get("version", "")
    workflow.restore_version(
        check,
        version,
        person=request.user,
        based_on=int(based_on) if based_on.isdecimal() and len(based_on) < 10 else 0,
    )
    messages.success(request, _("Your draft is as it was. What it was just now is in History."))
    return redirect(panel_address(request, article_of(check.claim).pk, claim=check.claim_id))


@require_POST
@refusals_in_words
def cite_back(
    request: Request, key: str, version_key: str, citation_key: uuid.UUID
) -> HttpResponse:
    """Bring back a source that one took out of one's draft."""
    check = own_check(request.user, key)
    version = _own_version(check, version_key)
    workflow.restore_citation(check, version, citation_key, person=request.user)
    messages.success(request, _("The source is back."))
    return redirect(panel_address(request, article_of(check.claim).pk, claim=check.claim_id))
