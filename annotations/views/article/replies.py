"""Right of reply: whom claims are about, asked, and what they answered."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import (
    ReplyAnswerForm,
    ReplyForm,
)
from annotations.models import Claim, ReplyRequest
from annotations.queries.access import article_for, may
from annotations.queries.workbench import claim_numbers
from annotations.rights import Right
from annotations.views.http import Request, refuse, sent, status_of
from annotations.vocabulary import ClaimStatus

from .question import ask


@require_http_methods(["GET", "POST"])
def replies(request: Request, pk: int) -> HttpResponse:
    """Whom the article's claims are about, asked for a reply; and what they answered."""
    article = article_for(request.user, pk, Right.READ)
    numbers = claim_numbers(article)
    kept = Claim.objects.filter(pk__in=numbers).exclude(status=ClaimStatus.SET_ASIDE)
    claims = sorted(kept, key=lambda claim: numbers[claim.pk])
    choices = [(str(claim.pk), f"{numbers[claim.pk]}. {claim.claim_reviewed}") for claim in claims]
    form = ReplyForm(sent(request), claims=choices, initial={"key": uuid.uuid4()})
    if request.method == "POST":
        article = article_for(request.user, pk, Right.DECIDE)
        if form.is_valid():
            chosen = [claim for claim in claims if str(claim.pk) in form.cleaned_data["claims"]]
            try:
                _note_reply(form, chosen, request)
            except workflow.Refused as why:
                refuse(form, why)
            else:
                return redirect("replies", pk)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "form": form if may(article, Right.DECIDE) else None,
        "rows": [
            {
                "row": row,
                "claims": sorted(numbers[c.pk] for c in row.claims.all() if c.pk in numbers),
            }
            for row in _replies(claims, request)
        ],
    }
    return render(request, "article/replies.html", context, status=status_of(form))


def _replies(claims: list[Claim], request: Request) -> QuerySet[ReplyRequest]:
    rows = ReplyRequest.objects.visible_to(request.user).filter(claims__in=claims).distinct()
    return rows.select_related("asked_by").prefetch_related("claims").order_by("asked_at")


def _note_reply(form: ReplyForm, claims: list[Claim], request: Request) -> None:
    data = form.cleaned_data

    def note() -> int:
        if data["not_needed"]:
            return workflow.no_reply_needed(claims, data["not_needed"], actor=request.user).pk
        return workflow.ask_reply(
            claims,
            data["addressee"],
            channel=data["channel"],
            until=data["until"],
            actor=request.user,
        ).pk

    about = " ".join(["reply", *sorted(str(claim.uuid) for claim in claims)])
    workflow.once(request.user, data["key"], about, note)
    messages.success(
        request,
        _("It is noted that nobody is asked.")
        if data["not_needed"]
        else _("The request is noted."),
    )


@require_http_methods(["GET", "POST"])
def keep_reply(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep what somebody answered, once."""
    article = article_for(request.user, pk, Right.DECIDE)
    rows = ReplyRequest.objects.visible_to(request.user).filter(desk=article.desk)
    row = get_object_or_404(rows, uuid=key)
    form = ReplyAnswerForm(sent(request))
    page = reverse("replies", args=[pk])

    def do() -> str:
        workflow.keep_reply(row, form.cleaned_data["answer"], actor=request.user)
        messages.success(request, _("The answer is kept."))
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("What %(who)s answered") % {"who": row.addressee},
        lead=_("It is kept word for word and cannot be changed afterwards."),
        verb=_("Keep it"),
        cancel_url=page,
    )
