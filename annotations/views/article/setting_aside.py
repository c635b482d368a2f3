"""Taking a claim out of checking, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import (
    DuplicateForm,
    ReasonForm,
    SetAsideForm,
)
from annotations.queries import workbench as queries
from annotations.queries.access import article_for, claim_of
from annotations.queries.claims import similar
from annotations.rights import Right
from annotations.views.http import Request, kept_query, panel_address
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import SetAside

from . import panels
from . import workbench as bench_page
from .question import ask


@require_POST
@refusals_in_words
def set_aside(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Take a claim out of checking, with the reason."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        bench = queries.workbench(article, request.user, kept_query(request))
        if (entry := bench.entry(claim.pk)) is None:
            raise Http404
        panel = panels.claim_panel(request, bench, entry, aside=form)
        return bench_page.page(request, bench, panel, status=422)
    workflow.set_aside(
        claim, form.cleaned_data["why"], actor=request.user, note=form.cleaned_data["note"]
    )
    messages.success(request, _("The claim is set aside."))
    return redirect(panel_address(request, pk, claim=claim.pk))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def bring_back(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Undo a setting aside, with the reason."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.bring_back(claim, actor=request.user, reason=form.cleaned_data["reason"])
        return redirect(panel_address(request, pk, claim=claim.pk))
    return ask(request, article, form, _("Bring the claim back"), str(claim), _("Bring back"))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def duplicate(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Set a claim aside as the same as another."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = DuplicateForm(request.POST or None, others=similar(claim))
    if form.is_bound and form.is_valid():
        workflow.set_aside(
            claim,
            SetAside.DUPLICATE,
            actor=request.user,
            duplicate_of=form.cleaned_data["duplicate_of"],
        )
        messages.success(request, _("The claim is set aside."))
        return redirect(panel_address(request, pk, claim=claim.pk))
    title = _("It repeats another claim")
    return ask(request, article, form, title, str(claim), _("Set aside"))
