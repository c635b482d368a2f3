"""Pages of one question before a move: who is asked, duplicates, replies, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import (
    AskForm,
    ReasonForm,
)
from annotations.models import OPEN, Assignment, Claim
from annotations.queries.access import article_for, article_of, claim_of, own_check
from annotations.rights import Right
from annotations.views.http import Request, panel_address, refuse, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.vocabulary import Task
from annotations.words.asking import ASKED

from .question import ask

# Who is asked


@require_http_methods(["GET", "POST"])
def asked(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """The assignments on a claim that the user may see, and a form to add one."""
    article = article_for(request.user, pk, Right.ASSIGN)
    claim = claim_of(article, claim_pk)
    form = AskForm(sent(request), desk=article.desk)
    if form.is_bound and (before := repeated(request)):
        return before
    if form.is_bound and form.is_valid():

        def do() -> str:
            made = workflow.assign(claim, actor=request.user, **form.cleaned_data)
            told = ASKED[Task(made.task)] % {"person": made.person}
            messages.success(request, f"{told}.")
            return request.path

        try:
            return once(request, do)
        except workflow.Refused as why:
            refuse(form, why)
    rows = (
        Assignment.objects.visible_to(request.user)
        .filter(claim=claim)
        .select_related("person", "claim__desk")
    )
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "claim": claim,
        "form": form,
        "key": key_for(request),
        "rows": [
            {"row": row, "lapses_at": workflow.lapses_at(row), "is_open": row.status in OPEN}
            for row in rows
        ],
        "cancel_url": panel_address(request, pk, claim=claim.pk),
    }
    return render(request, "article/asked.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def take_back(request: Request, pk: int, key: str) -> HttpResponse:
    """Ask somebody no longer, with the reason."""
    article = article_for(request.user, pk, Right.ASSIGN)
    rows = Assignment.objects.visible_to(request.user).select_related("claim__desk", "person")
    check = get_object_or_404(rows.filter(claim__in=Claim.objects.made_in(article)), uuid=key)
    form = ReasonForm(sent(request))
    page = reverse("asked", args=[pk, check.claim_id])

    def do() -> str:
        workflow.take_back(check, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(person)s is not asked any more.") % {"person": check.person})
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("Stop asking %(person)s") % {"person": check.person},
        lead=_("The draft is kept. It counts for nothing unless they are asked again."),
        verb=_("Take it back"),
        cancel_url=page,
    )


@require_http_methods(["GET", "POST"])
def decline(request: Request, key: str) -> HttpResponse:
    """Say that one will not do what one was asked."""
    check = own_check(request.user, key)
    article = article_of(check.claim)
    form = ReasonForm(sent(request))

    def do() -> str:
        workflow.decline(check, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("You have declined. The desk can ask somebody else."))
        return reverse("queue", args=[article.desk.slug])

    return ask(
        request,
        article,
        form,
        do,
        title=_("Decline: %(task)s") % {"task": check.get_task_display().lower()},
        lead=str(check.claim),
        verb=_("Decline"),
        cancel_url=panel_address(request, article.pk, claim=check.claim_id),
    )


# Duplicates


# Replies


# Taking back
