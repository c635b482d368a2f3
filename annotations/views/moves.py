"""Pages of one question before a move: who is asked, duplicates, replies, taking back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import drafts, readiness, workflow
from annotations.forms import (
    AskForm,
    DuplicateForm,
    ReasonForm,
    ReplyAnswerForm,
    ReplyForm,
    TakeBackForm,
)
from annotations.models import OPEN, Article, Assignment, Claim, ReplyRequest
from annotations.queries.access import article_for, article_of, may, own_check
from annotations.queries.claims import similar
from annotations.queries.workbench import claim_numbers
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus, SetAside

from .answers import Request, refusals_in_words, status_of
from .marking import ask


def _claim(article: Article, pk: int) -> Claim:
    claims = Claim.objects.made_in(article).select_related("desk", "claimant", "reports")
    return get_object_or_404(claims, pk=pk)


def _to_claim(article_pk: int, claim: Claim) -> HttpResponse:
    return redirect(f"{reverse('workbench', args=[article_pk])}?claim={claim.pk}#panel")


# Who is asked


@require_http_methods(["GET", "POST"])
@refusals_in_words
def asked(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Who is asked for what on a claim, as far as one may know; and asking somebody more."""
    article = article_for(request.user, pk, Right.ASSIGN)
    claim = _claim(article, claim_pk)
    form = AskForm(request.POST or None, desk=article.desk)
    if form.is_bound and form.is_valid():
        try:
            workflow.assign(claim, actor=request.user, **form.cleaned_data)
        except workflow.Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("It is asked."))
            return redirect(request.path)
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
        "rows": [
            {"row": row, "lapses_at": workflow.lapses_at(row), "is_open": row.status in OPEN}
            for row in rows
        ],
        "cancel_url": f"{reverse('workbench', args=[pk])}?claim={claim.pk}#panel",
    }
    return render(request, "annotations/asked.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def take_back(request: Request, pk: int, key: str) -> HttpResponse:
    """Ask somebody no longer, with the reason."""
    article = article_for(request.user, pk, Right.ASSIGN)
    rows = Assignment.objects.visible_to(request.user).select_related("claim__desk", "person")
    check = get_object_or_404(rows.filter(claim__in=Claim.objects.made_in(article)), uuid=key)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.take_back(check, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(person)s is not asked any more.") % {"person": check.person})
        return redirect("asked", pk, check.claim_id)
    title = _("Ask %(person)s no longer") % {"person": check.person}
    lead = _("The draft is kept. It counts for nothing unless they are asked again.")
    return ask(request, article, form, title, lead, _("Take it back"))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def decline(request: Request, key: str) -> HttpResponse:
    """Say that one will not do what one was asked."""
    check = own_check(request.user, key)
    article = article_of(check.claim)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.decline(check, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("You have declined. The desk can ask somebody else."))
        return redirect("queue")
    title = _("Decline: %(task)s") % {"task": check.get_task_display().lower()}
    return ask(request, article, form, title, str(check.claim), _("Decline"))


# Duplicates


@require_http_methods(["GET", "POST"])
@refusals_in_words
def duplicate(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Set a claim aside as the same as another."""
    article = article_for(request.user, pk, Right.MARK)
    claim = _claim(article, claim_pk)
    form = DuplicateForm(request.POST or None, others=similar(claim))
    if form.is_bound and form.is_valid():
        workflow.set_aside(
            claim,
            SetAside.DUPLICATE,
            actor=request.user,
            duplicate_of=form.cleaned_data["duplicate_of"],
        )
        messages.success(request, _("The claim is set aside."))
        return _to_claim(pk, claim)
    title = _("It repeats another claim")
    return ask(request, article, form, title, str(claim), _("Set aside"))


# Replies


@require_http_methods(["GET", "POST"])
@refusals_in_words
def replies(request: Request, pk: int) -> HttpResponse:
    """Whom the article's claims are about, asked for a reply; and what they answered."""
    article = article_for(request.user, pk, Right.READ)
    numbers = claim_numbers(article)
    kept = Claim.objects.filter(pk__in=numbers).exclude(status=ClaimStatus.SET_ASIDE)
    claims = sorted(kept, key=lambda claim: numbers[claim.pk])
    choices = [(str(claim.pk), f"{numbers[claim.pk]}. {claim.claim_reviewed}") for claim in claims]
    form = ReplyForm(request.POST or None, claims=choices, initial={"key": uuid.uuid4()})
    if request.method == "POST":
        article = article_for(request.user, pk, Right.DECIDE)
        if form.is_valid():
            chosen = [claim for claim in claims if str(claim.pk) in form.cleaned_data["claims"]]
            _note_reply(form, chosen, request)
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
    return render(request, "annotations/replies.html", context, status=status_of(form))


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

    drafts.once(request.user, data["key"], note)
    messages.success(
        request,
        _("It is noted that nobody is asked.")
        if data["not_needed"]
        else _("The request is noted."),
    )


@require_http_methods(["GET", "POST"])
@refusals_in_words
def keep_reply(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep what somebody answered, once."""
    article = article_for(request.user, pk, Right.DECIDE)
    rows = ReplyRequest.objects.visible_to(request.user).filter(desk=article.desk)
    row = get_object_or_404(rows, uuid=key)
    form = ReplyAnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.keep_reply(row, form.cleaned_data["answer"], actor=request.user)
        messages.success(request, _("The answer is kept."))
        return redirect("replies", pk)
    title = _("What %(who)s answered") % {"who": row.addressee}
    lead = _("It is kept word for word and cannot be changed afterwards.")
    return ask(request, article, form, title, lead, _("Keep it"))


# Taking back


@require_http_methods(["GET", "POST"])
@refusals_in_words
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a published article off its page at once."""
    article = article_for(request.user, pk, Right.WITHDRAW)
    form = TakeBackForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.withdraw(article, actor=request.user, **form.cleaned_data)
        messages.success(request, _("It is withdrawn. Somebody else confirms it within a day."))
        return redirect("workbench", pk)
    lead = _("Its page says at once that it was withdrawn, and why. Nothing of it stays there.")
    return ask(request, article, form, _("Withdraw the article"), lead, _("Withdraw it now"))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def retract(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Take a published verdict back."""
    article = article_for(request.user, pk, Right.WITHDRAW)
    claim = _claim(article, claim_pk)
    form = TakeBackForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.retract(claim, actor=request.user, **form.cleaned_data)
        messages.success(request, _("It is retracted. Somebody else confirms it within a day."))
        return _to_claim(pk, claim)
    lead = _("Its page and every article that makes the claim say so at once: “%(claim)s”") % {
        "claim": claim
    }
    return ask(request, article, form, _("Retract the verdict"), lead, _("Retract it now"))


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
