"""Citing a source: its address is looked up, and it is saved for one claim or for several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations import exchange, workflow
from annotations.forms import CitationForm
from annotations.forms.article.evidence import DocumentField, address_as_title
from annotations.models import Assignment, Citation
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, article_of, own_check
from annotations.queries.workbench import Entry, Workbench
from annotations.views.http import Request, acknowledged, kept_query, panel_address, refuse
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import AssignmentStatus
from annotations.words.imports import unfetchable

from . import check_panels
from . import workbench as article_workbench


@require_POST
@refusals_in_words
def cite(request: Request, key: str, citation_key: str = "") -> HttpResponse:
    """Add a source to one's draft, or change what one says of it.

    Sent with "then" as "look", nothing is saved: its address is looked up, and what the page says
    of itself fills what is empty. Asked by the page's script (X-Look) the answer is JSON.
    """
    check = own_check(request.user, key)
    citation = None
    if citation_key:
        own = Citation.objects.filter(annotation__assignment=check).select_related("source")
        citation = get_object_or_404(own, uuid=citation_key)
    bench, entry = entry_of(request, check)
    others = check_panels.other_claims(bench, entry)
    if request.POST.get("then") == "look":
        return _look(request, bench, entry, citation)
    form = CitationForm(request.POST, instance=citation, claims=others)
    if not form.is_valid():
        panel = check_panels.citation_panel(request, bench, entry, str(citation_key or "new"), form)
        return article_workbench.page(request, bench, panel, status=422)
    try:
        made = _save(request, check, form, citation)
    except workflow.Refused as why:
        refuse(form, why)
        panel = check_panels.citation_panel(request, bench, entry, str(citation_key or "new"), form)
        return article_workbench.page(request, bench, panel, status=409)
    words = ngettext("The source is saved.", "%(count)d citations are saved.", made)
    messages.success(request, words % {"count": made})
    back = panel_address(request, article_of(check.claim).pk, claim=check.claim_id)
    return acknowledged(request, redirect(back))


def entry_of(request: Request, check: Assignment) -> tuple[Workbench, Entry]:
    """The workbench of the check's article, and its claim there."""
    article = article_for(request.user, article_of(check.claim).pk)
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    return bench, workbench_queries.with_claim(bench, check.claim, request.user)


def start(request: Request, check: Assignment) -> None:
    """Note that the person began; asks nothing of the database with each save after that."""
    if check.status == AssignmentStatus.ASSIGNED:
        workflow.start(check, actor=request.user)


def _save(request: Request, check: Assignment, form: CitationForm, citation: Any) -> int:
    """How many citations are saved. Raises Refused."""
    chosen = form.cleaned_data.get("claims") or []
    checks = [check, *(own_check(request.user, key) for key in chosen)]
    first = workflow.SourceDraft(**form.source())
    rest = [replace(first, url=each, title=address_as_title(each)) for each in form.more]
    for each in checks:
        start(request, each)
    saved = {"person": request.user, "key": form.cleaned_data["key"], **form.use()}
    if len(checks) == 1 and not rest:
        workflow.save_citation(check, first, citation=citation, **saved)
        return 1
    return workflow.save_citations(checks, [first, *rest], **saved)


# --- looking up an address ---


def _look(request: Request, bench: Workbench, entry: Entry, citation: Any) -> HttpResponse:
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in CitationForm.base_fields}
    typed["claims"] = request.POST.getlist("claims")
    try:
        found, problem = _found(request.POST.get("url", "")), ""
    except exchange.Unfetchable as why:
        found, problem = {}, unfetchable(why)
    if "X-Look" in request.headers:
        return JsonResponse({"found": found, "problem": problem})
    # With forms alone: the same page, as it was typed, with what is empty filled.
    initial = typed | {name: value for name, value in found.items() if not typed.get(name)}
    form = CitationForm(
        instance=citation, initial=initial, claims=check_panels.other_claims(bench, entry)
    )
    if problem:
        messages.error(request, problem)
    key = str(citation.uuid) if citation else "new"
    panel = check_panels.citation_panel(request, bench, entry, key, form)
    return article_workbench.page(request, bench, panel, status=200)


def _found(typed: str) -> dict[str, str]:
    """What the page at the first of the addresses says of itself. Raises Unfetchable."""
    try:
        address = DocumentField(required=False, max_length=2000).clean(typed)
    except ValidationError as problem:
        raise exchange.Unfetchable(
            "address", "This is no web address. It begins with https:// or http://."
        ) from problem
    return exchange.described(address) if address else {}
