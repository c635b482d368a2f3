"""Withdrawing an article, retracting a verdict, and being the second person behind either."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import readiness, workflow
from annotations.forms import (
    TakeBackForm,
)
from annotations.models import Article, Claim
from annotations.queries.access import article_for, claim_of
from annotations.rights import Right
from annotations.views.http import Request, panel_address, sent
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ClaimStatus

from .question import ask


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a published article off its page at once."""
    article = article_for(request.user, pk, Right.WITHDRAW)
    form = TakeBackForm(sent(request))

    def do() -> str:
        workflow.withdraw(article, actor=request.user, **form.cleaned_data)
        messages.success(request, _("It is withdrawn. Somebody else confirms it within a day."))
        return panel_address(request, pk)

    return ask(
        request,
        article,
        form,
        do,
        title=_("Withdraw the article"),
        lead=_("Its page says at once that it was withdrawn, and why. Nothing of it stays there."),
        verb=_("Withdraw it now"),
    )


@require_http_methods(["GET", "POST"])
def retract(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Take a published verdict back."""
    article = article_for(request.user, pk, Right.WITHDRAW)
    claim = claim_of(article, claim_pk)
    form = TakeBackForm(sent(request))
    page = panel_address(request, pk, claim=claim.pk)

    def do() -> str:
        workflow.retract(claim, actor=request.user, **form.cleaned_data)
        messages.success(request, _("It is retracted. Somebody else confirms it within a day."))
        return page

    lead = _("Its page and every article that makes the claim say so at once: “%(claim)s”")
    return ask(
        request,
        article,
        form,
        do,
        title=_("Retract the verdict"),
        lead=lead % {"claim": claim},
        verb=_("Retract it now"),
        cancel_url=page,
    )


@require_POST
@refusals_in_words
def confirm(request: Request, pk: int) -> HttpResponse:
    """Be the second person behind a withdrawal, and behind what was retracted of the article."""
    article = article_for(request.user, pk, Right.APPROVE)
    taken_back: list[Article | Claim] = [
        article,
        *Claim.objects.made_in(article).filter(status=ClaimStatus.RETRACTED).order_by("pk"),
    ]
    waiting = [row for row in taken_back if readiness.taken_back_alone(row) is not None]
    if not waiting:
        raise workflow.Refused(_("Nothing waits to be confirmed."))
    for row in waiting:
        workflow.confirm_taking_back(row, actor=request.user)
    messages.success(request, _("It is confirmed."))
    return redirect("workbench", pk)
