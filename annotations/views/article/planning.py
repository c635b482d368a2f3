"""Who looks after an article, by when it is wanted, and whether it waits; taking its checks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import addresses, workflow
from annotations.forms import PlanForm
from annotations.models import PLANNED, Article
from annotations.queries.access import article_for
from annotations.rights import Right
from annotations.views.http import Request, sent
from annotations.views.once import once, repeated
from annotations.views.refusals import refusals_in_words

from .question import ask


@require_POST
@refusals_in_words
def look_after(request: Request, pk: int) -> HttpResponse:
    """Take the article on; then one is where it is marked."""
    article = article_for(request.user, pk, Right.MARK)
    if before := repeated(request):
        return before

    def do() -> str:
        workflow.look_after(article, actor=request.user)
        messages.success(request, _("You look after “%(article)s” now.") % {"article": article})
        return addresses.workbench(pk)

    return once(request, do)


@require_POST
@refusals_in_words
def take_checks(request: Request, pk: int) -> HttpResponse:
    """Take a check of each claim of the article that still lacks one."""
    article = article_for(request.user, pk, Right.ANNOTATE)
    if before := repeated(request):
        return before

    def do() -> str:
        taken = workflow.take(article, actor=request.user)
        told = ngettext("You check one claim.", "You check %(count)d claims.", len(taken))
        messages.success(request, told % {"count": len(taken)})
        return addresses.workbench(pk, claim=taken[0].claim_id)

    return once(request, do)


@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """Hand the article over; say by when and how soon it is wanted, and what it waits for."""
    article = article_for(request.user, pk, Right.ASSIGN)
    form = PlanForm(sent(request), article=article)

    def do() -> str:
        _plan(request, article, form)
        messages.success(request, _("The plan is saved, and in the log."))
        return addresses.workbench(pk)

    return ask(
        request,
        article,
        form,
        do,
        title=_("Plan"),
        lead=_("Readers are told none of this."),
        verb=_("Save the plan"),
    )


def _plan(request: Request, article: Article, form: Any) -> None:
    """Both in one transaction where it is refused: `once` holds one."""
    data = form.cleaned_data
    workflow.hand_over(article, data["owner"], actor=request.user, based_on=form.was["owner"])
    values = {name: data[name] for name in PLANNED}
    base = {name: form.was[name] for name in PLANNED}
    workflow.plan(article, values, actor=request.user, base=base)
