"""The desk's side of its readers: their reports, and what the desk says of itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations import addresses, workflow
from annotations.editions.content import name_of
from annotations.editions.reading import read
from annotations.forms import AnswerForm
from annotations.models import Article, Desk, Letter, Report
from annotations.rights import Right
from annotations.views.http import Request
from annotations.views.once import once, repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ClaimStatus
from annotations.workflow import letters, reports

from .frame import desk_of, frame

PAGE = 30


# --- reports ---


@require_safe
def report_list(request: Request, desk_slug: str) -> HttpResponse:
    """What readers report: those that wait for an answer first, what looks like spam last."""
    desk, others = desk_of(request, desk_slug, Right.PUBLISH)
    return _list(request, desk, others)


def _list(
    request: Request,
    desk: Desk,
    others: list[Desk],
    form: AnswerForm | None = None,
    about: Report | None = None,
) -> HttpResponse:
    rows = (
        Report.objects.visible_to(request.user)
        .filter(edition__desk=desk)
        .select_related("edition__claim", "answered_by")
        .prefetch_related("letters")
        .order_by(F("answered_at").desc(nulls_first=True), "is_suspect", "at")
    )
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [_line(row, form if about and row.pk == about.pk else None) for row in shown]
    return render(
        request,
        "desk/reports.html",
        frame(request, desk, others, "reports", _("Readers’ reports"))
        | {
            "waiting": sum(not row["outcome"] for row in lines),
            "page_obj": shown,
            "query": "",
            "reports": lines,
            "mail_goes_out": settings.MAIL_GOES_OUT,
        },
        status=422 if form is not None else 200,
    )


def _line(row: Report, form: AnswerForm | None) -> dict[str, Any]:
    edition = read(row.edition.content)
    claim = row.edition.claim
    return {
        "uuid": row.uuid,
        "at": row.at,
        "words": row.words,
        "evidence": row.evidence,
        "has_email": bool(row.email),
        "is_suspect": row.is_suspect,
        "about": name_of(edition),
        "url": addresses.of_edition(edition),
        "number": row.edition.number,
        "outcome": row.get_outcome_display() if row.outcome else "",
        "answer": row.answer,
        "answered_by": row.answered_by,
        "answered_at": row.answered_at,
        "form": None if row.outcome else form or AnswerForm(prefix=row.uuid.hex),
        "letter": next(iter(row.letters.all()), None),
        "can_correct": claim is not None and claim.status == ClaimStatus.PUBLISHED,
    }


def _report(request: Request, desk: Desk, key: str) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("edition__desk", "edition__claim")
    return get_object_or_404(rows, uuid=key)


@require_POST
@refusals_in_words
def answer_report(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Answer a reader; the mail goes out after the answer is on record."""
    desk, others = desk_of(request, desk_slug, Right.PUBLISH)
    if before := repeated(request):
        return before
    row = _report(request, desk, key)
    form = AnswerForm(request.POST, prefix=row.uuid.hex)
    if not form.is_valid():
        return _list(request, desk, others, form, row)
    said = form.cleaned_data
    url = request.build_absolute_uri(addresses.of_edition(read(row.edition.content)))

    def do() -> str:
        letter = reports.answer(row, said["outcome"], said["answer"], actor=request.user, url=url)
        messages.success(request, _what_follows(letter))
        return reverse("reports", args=[desk.slug])

    return once(request, do)


def _what_follows(letter: Letter | None) -> str:
    if letter is None:
        return _("It is answered.")
    if not settings.MAIL_GOES_OUT:
        return _("It is answered, but the reader is not told: no mail goes out from here.")
    return _("It is answered. A mail to the reader is on its way; here you see what becomes of it.")


@require_POST
def tell_again(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Try once more to send the answer, after it was given up."""
    desk, _others = desk_of(request, desk_slug, Right.PUBLISH)
    letter = _report(request, desk, key).letters.first()
    if letter is not None and letters.try_again(letter):
        messages.success(request, _("The mail is tried again."))
    return redirect("reports", desk.slug)


@require_POST
@refusals_in_words
def correct_report(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Open the claim again, with the report as the reason; readers keep the edition they have."""
    desk, _others = desk_of(request, desk_slug, Right.PUBLISH)
    row = _report(request, desk, key)
    claim = row.edition.claim
    if claim is None:
        raise Http404
    reason = "\n".join(part for part in (row.words, row.evidence) if part)
    workflow.reopen(claim, actor=request.user, reason=reason, report=row)
    messages.success(request, _("The claim is open again. Readers see that it is under review."))
    article = Article.objects.filter(revisions__marks__claim=claim).order_by("pk").first()
    if article is None:
        return redirect("reports", desk.slug)
    return redirect("decide_claim", article.pk, claim.pk)


# --- what the desk says of itself ---
