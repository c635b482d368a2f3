"""Right of reply: whom claims are about, asked, and what they answered."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import blobs, workflow
from annotations.accounts import of_pages
from annotations.forms import ReasonForm, ReplyAnswerForm, ReplyForm
from annotations.models import Article, Claim, ReplyRequest
from annotations.queries import replies as replies_queries
from annotations.queries.access import article_for, may
from annotations.queries.workbench import claim_numbers
from annotations.rights import Right
from annotations.views.http import Request, acknowledged, refuse, sent, status_of
from annotations.vocabulary import AnswerWay, Channel, ClaimStatus
from annotations.words import reply_letters
from annotations.workflow import confidence
from annotations.workflow.replies import points_of

from .question import ask


@require_http_methods(["GET", "POST"])
def replies(request: Request, pk: int) -> HttpResponse:
    """Whom the article's claims are about, asked for a reply; and what they answered."""
    article = article_for(request.user, pk, Right.READ)
    numbers = claim_numbers(article)
    kept = Claim.objects.filter(pk__in=numbers).exclude(status=ClaimStatus.SET_ASIDE)
    claims = sorted(kept, key=lambda claim: numbers[claim.pk])
    choices = [(str(claim.pk), f"{numbers[claim.pk]}. {claim.claim_reviewed}") for claim in claims]
    form = ReplyForm(
        sent(request),
        claims=choices,
        sends=settings.MAIL_GOES_OUT,
        initial=_first(article) | _asked_for(request),
    )
    if request.method == "POST":
        article = article_for(request.user, pk, Right.DECIDE)
        # What is changed on the page of the letter comes back as it was typed, and is not judged.
        if "change" not in request.POST and form.is_valid():
            chosen = [claim for claim in claims if str(claim.pk) in form.cleaned_data["claims"]]
            if _is_letter(form) and "send" not in request.POST:
                return _look_at_letter(request, article, form, chosen)
            try:
                _note_reply(form, chosen, request)
            except workflow.Refused as why:
                refuse(form, why)
            else:
                return acknowledged(request, redirect("replies", pk))
    status = 200 if "change" in request.POST else status_of(form)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "form": form if may(article, Right.DECIDE) else None,
        "may_manage": may(article, Right.MANAGE),
        "rows": replies_queries.of_claims(claims, numbers, request.user),
    }
    return render(request, "article/replies.html", context, status=status)


def _first(article: Article) -> dict[str, Any]:
    """What the form begins with: the desk's letter, in the language in which it is sent."""
    with translation.override(of_pages(article.desk.language)):
        subject, body = reply_letters.template_of(article.desk)
    return {"key": uuid.uuid4(), "subject": subject, "letter": body, "reminds": True}


def _asked_for(request: Request) -> dict[str, Any]:
    """Whom, and about what, the page that leads here wants to ask."""
    who = request.GET.get("who", "").replace("\0", "")[:200]
    return {"addressee": who, "claims": request.GET.getlist("claim")[:500]}


def _is_letter(form: ReplyForm) -> bool:
    return bool(form.cleaned_data.get("email") and form.cleaned_data["addressee"])


def _look_at_letter(
    request: Request, article: Article, form: ReplyForm, claims: list[Claim]
) -> HttpResponse:
    """The letter as it would be sent: it cannot be fetched back."""
    data = form.cleaned_data
    with translation.override(of_pages(article.desk.language)):
        text = reply_letters.filled(
            data["letter"],
            addressee=data["addressee"],
            desk=article.desk,
            points=points_of(claims),
            until=data["until"],
            link=_("(Their own link stands here.)"),
        )
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "form": form,
        "text": text,
        "data": data,
        "named": confidence.names_in_words(
            f"{data['subject']}\n{text}", [article.desk], request.user
        ),
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name in form.fields
        ],
    }
    return render(request, "article/reply_letter.html", context)


def _note_reply(form: ReplyForm, claims: list[Claim], request: Request) -> None:
    data = form.cleaned_data
    is_letter = _is_letter(form)

    def note() -> int:
        if data["not_needed"]:
            return workflow.no_reply_needed(claims, data["not_needed"], actor=request.user).pk
        return workflow.ask_reply(
            claims,
            data["addressee"],
            channel=Channel.EMAIL if is_letter else data["channel"],
            until=data["until"],
            actor=request.user,
            letter=_letter(data) if is_letter else None,
            fill=_filled,
        ).pk

    about = " ".join(["reply", *sorted(str(claim.uuid) for claim in claims)])
    workflow.once(request.user, data["key"], about, note)
    said = _("The letter is on its way.") if is_letter else _("The request is noted.")
    messages.success(
        request, _("It is noted that nobody is asked.") if data["not_needed"] else said
    )


def _letter(data: dict[str, Any]) -> workflow.ReplyLetter:
    return workflow.ReplyLetter(data["email"], data["subject"], data["letter"], data["reminds"])


def _filled(row: ReplyRequest) -> str:
    with translation.override(of_pages(row.desk.language)):
        return reply_letters.letter(row)


# --- what becomes of one ---


def _row(request: Request, article: Article, key: str) -> ReplyRequest:
    """A request about claims of the article's desk that the person may see. Raises Http404."""
    rows = ReplyRequest.objects.visible_to(request.user).filter(desk=article.desk)
    return get_object_or_404(rows, uuid=key)


@require_http_methods(["GET", "POST"])
def keep_reply(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep what somebody answered, once."""
    article = article_for(request.user, pk, Right.DECIDE)
    row = _row(request, article, key)
    form = ReplyAnswerForm(sent(request), request.FILES or None, language=article.desk.language)
    page = reverse("replies", args=[pk])

    def do() -> str:
        workflow.keep_reply(row, _answered(form), actor=request.user)
        messages.success(request, _("The answer is kept."))
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("What %(who)s answered") % {"who": row.addressee},
        lead=_("It is kept word for word and cannot be changed afterwards."),
        verb=_("Keep their answer"),
        cancel_url=page,
    )


def _answered(form: ReplyAnswerForm) -> workflow.Answered:
    """What is kept, of a valid form."""
    words, upload = form.cleaned_data["answer"], form.cleaned_data["file"]
    if not upload:
        return workflow.Answered(words)
    came = AnswerWay.MAIL if form.has_mail else AnswerWay.HAND
    return workflow.Answered(words, came=came, file=form.data_of_file, file_name=upload.name)


@require_http_methods(["GET", "POST"])
def withdraw_reply(request: Request, pk: int, key: str) -> HttpResponse:
    """Take a request back that was not answered."""
    article = article_for(request.user, pk, Right.DECIDE)
    row, form = _row(request, article, key), ReasonForm(sent(request))
    page = reverse("replies", args=[pk])

    def do() -> str:
        workflow.withdraw_reply(row, form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("The request is withdrawn."))
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("Withdraw the request to %(who)s") % {"who": row.addressee},
        lead=_("Their link is closed at once. Readers are not told that they were asked."),
        verb=_("Withdraw it"),
        cancel_url=page,
    )


@require_POST
def note_reply_read(request: Request, pk: int, key: str) -> HttpResponse:
    """Say that what came by the link was read: it leaves the queue."""
    article = article_for(request.user, pk, Right.DECIDE)
    try:
        workflow.note_reply_read(_row(request, article, key), actor=request.user)
    except workflow.Refused as why:
        messages.error(request, str(why))
    return redirect("replies", pk)


@require_safe
def reply_file(request: Request, pk: int, key: str) -> HttpResponseBase:
    """The file that came with an answer, to be saved: never shown as a page of this site."""
    article = article_for(request.user, pk, Right.READ)
    row = get_object_or_404(
        ReplyRequest.objects.visible_to(request.user).exclude(attachment=""),
        uuid=key,
        desk=article.desk,
    )
    if not blobs.is_whole(row.attachment):
        messages.error(request, _("This file is not what was kept: it was changed, or is gone."))
        return redirect("replies", pk)
    answer = StreamingHttpResponse(
        blobs.pieces(row.attachment), content_type="application/octet-stream"
    )
    name = get_valid_filename(row.attachment_name or f"answer-{row.attachment[:12]}")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
