"""Taking a claim out of checking, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import (
    DuplicateForm,
    ReasonForm,
    SetAsideForm,
)
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, claim_of
from annotations.queries.claims import similar
from annotations.rights import Right
from annotations.views.http import Request, kept_query, panel_address, refuse, sent, status_of
from annotations.views.once import once, repeated
from annotations.vocabulary import SetAside

from . import panels
from . import workbench as article_workbench
from .question import ask


@require_POST
def set_aside(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Take a claim out of checking, with the reason."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    if before := repeated(request):
        return before
    form = SetAsideForm(request.POST)
    if form.is_valid():

        def do() -> str:
            data = form.cleaned_data
            workflow.set_aside(claim, data["why"], actor=request.user, note=data["note"])
            messages.success(request, _("The claim is set aside."))
            return panel_address(request, pk, claim=claim.pk)

        try:
            return once(request, do)
        except workflow.Refused as why:
            refuse(form, why)
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    if (entry := bench.entry(claim.pk)) is None:
        raise Http404
    panel = panels.claim_panel(request, bench, entry, aside=form)
    return article_workbench.page(request, bench, panel, status=status_of(form))


@require_http_methods(["GET", "POST"])
def bring_back(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Undo a setting aside, with the reason."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = ReasonForm(sent(request))
    page = panel_address(request, pk, claim=claim.pk)

    def do() -> str:
        workflow.bring_back(claim, actor=request.user, reason=form.cleaned_data["reason"])
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("Bring the claim back"),
        lead=str(claim),
        verb=_("Bring back"),
        cancel_url=page,
    )


@require_http_methods(["GET", "POST"])
def duplicate(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Set a claim aside as the same as another."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = DuplicateForm(sent(request), others=similar(claim))
    page = panel_address(request, pk, claim=claim.pk)

    def do() -> str:
        workflow.set_aside(
            claim,
            SetAside.DUPLICATE,
            actor=request.user,
            duplicate_of=form.cleaned_data["duplicate_of"],
        )
        messages.success(request, _("The claim is set aside."))
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("Set aside as a repeat"),
        lead=str(claim),
        verb=pgettext("act", "Set aside"),
        cancel_url=page,
    )
