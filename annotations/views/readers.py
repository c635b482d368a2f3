"""The desk's side of its readers: their reports, and what the desk says of itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import addresses, reports, workflow
from annotations.forms import AnswerForm, StatementForm
from annotations.models import Article, Desk, Report, Statement
from annotations.queries import transparency
from annotations.queries.access import may
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus
from annotations.vocabulary import Statement as Kind

from .answers import Request, refusals_in_words
from .shell import desk_of

PAGE = 30


def _desk(request: Request, right: Right) -> Desk:
    desk, _others = desk_of(request)
    if not may(desk, right):
        raise PermissionDenied(_("You may not %(right)s at this desk.") % {"right": right.label})
    return desk


# --- reports ---


@require_safe
def report_list(request: Request) -> HttpResponse:
    """What readers report: those that wait for an answer first, what looks like spam last."""
    desk = _desk(request, Right.PUBLISH)
    return _list(request, desk)


def _list(
    request: Request, desk: Desk, form: AnswerForm | None = None, about: Report | None = None
) -> HttpResponse:
    rows = (
        Report.objects.visible_to(request.user)
        .filter(edition__desk=desk)
        .select_related("edition__claim", "answered_by")
        .order_by(F("answered_at").desc(nulls_first=True), "is_suspect", "at")
    )
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [_line(row, form if about and row.pk == about.pk else None) for row in shown]
    return render(
        request,
        "annotations/reports.html",
        {
            "desk": desk,
            "is_sample": desk.is_sample,
            "waiting": sum(not row["outcome"] for row in lines),
            "page_obj": shown,
            "query": "",
            "reports": lines,
        },
        status=422 if form is not None else 200,
    )


def _line(row: Report, form: AnswerForm | None) -> dict[str, Any]:
    content = row.edition.content
    claim = row.edition.claim
    return {
        "uuid": row.uuid,
        "at": row.at,
        "words": row.words,
        "evidence": row.evidence,
        "has_email": bool(row.email),
        "is_suspect": row.is_suspect,
        "about": content["claim"]["claim_reviewed"]
        if "claim" in content
        else content["article"]["title"],
        "url": addresses.of_edition(content),
        "number": row.edition.number,
        "outcome": row.get_outcome_display() if row.outcome else "",
        "answer": row.answer,
        "answered_by": row.answered_by,
        "answered_at": row.answered_at,
        "form": None if row.outcome else form or AnswerForm(prefix=row.uuid.hex),
        "can_correct": claim is not None and claim.status == ClaimStatus.PUBLISHED,
    }


def _report(request: Request, key: str) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("edition__desk", "edition__claim")
    return get_object_or_404(rows, uuid=key)


@require_POST
def answer_report(request: Request, key: str) -> HttpResponse:
    """Answer a reader; the mail goes out after the answer is on record."""
    row = _report(request, key)
    form = AnswerForm(request.POST, prefix=row.uuid.hex)
    if not form.is_valid():
        return _list(request, row.edition.desk, form, row)
    url = request.build_absolute_uri(addresses.of_edition(row.edition.content))
    try:
        letter = reports.answer(
            row,
            form.cleaned_data["outcome"],
            form.cleaned_data["answer"],
            actor=request.user,
            url=url,
        )
    except reports.Answered:
        messages.error(request, _("Someone has answered it already. Their answer stands."))
    else:
        messages.success(
            request,
            _("It is answered, and the reader is told.") if letter else _("It is answered."),
        )
    return redirect("reports")


@require_POST
@refusals_in_words
def correct_report(request: Request, key: str) -> HttpResponse:
    """Open the claim again, with the report as the reason; readers keep the edition they have."""
    row = _report(request, key)
    claim = row.edition.claim
    if claim is None:
        raise Http404
    reason = _("A reader reported: %(words)s") % {"words": row.words}
    if row.evidence:
        reason += "\n" + row.evidence
    workflow.reopen(claim, actor=request.user, reason=reason)
    messages.success(request, _("The claim is open again. Readers see that it is reviewed."))
    article = Article.objects.filter(revisions__marks__claim=claim).order_by("pk").first()
    if article is None:
        return redirect("reports")
    return redirect(f"{reverse('decide', args=[article.pk])}?claim={claim.pk}")


# --- what the desk says of itself ---


@require_safe
def statement_list(request: Request) -> HttpResponse:
    """The five commitments of the IFCN's code, and which pages each still lacks."""
    desk = _desk(request, Right.READ)
    written = transparency.statements(desk)
    return render(
        request,
        "annotations/statements.html",
        {
            "desk": desk,
            "is_sample": desk.is_sample,
            "may_manage": may(desk, Right.MANAGE),
            "commitments": transparency.commitments(desk, written),
            "statements": [
                {
                    "label": kind.label,
                    "kind": str(kind),
                    "row": written.get(kind),
                }
                for kind in Kind
            ],
        },
    )


@require_http_methods(["GET", "POST"])
def edit_statement(request: Request, kind: str) -> HttpResponse:
    """Write the next version of a statement; nobody's version is overwritten."""
    if kind not in Kind.values:
        raise Http404
    desk = _desk(request, Right.MANAGE)
    newest = Statement.objects.filter(desk=desk, kind=kind).first()
    number = newest.number if newest else 0
    form = StatementForm(
        request.POST or None,
        initial={"body": newest.body if newest else "", "based_on": number},
    )
    theirs, status = None, 200
    if form.is_bound and form.is_valid():
        if form.cleaned_data["based_on"] == number and _write(request, desk, kind, number, form):
            messages.success(request, _("Readers have the new version."))
            return redirect("statements")
        theirs, status = Statement.objects.filter(desk=desk, kind=kind).first(), 409
        data = request.POST.copy()
        data["based_on"] = str(theirs.number if theirs else 0)
        form = StatementForm(data)
    elif form.is_bound:
        status = 422
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "label": Kind(kind).label,
        "kind": kind,
        "form": form,
        "theirs": theirs,
        "versions": Statement.objects.filter(desk=desk, kind=kind).select_related("written_by"),
    }
    return render(request, "annotations/statement.html", context, status=status)


def _write(request: Request, desk: Desk, kind: str, number: int, form: StatementForm) -> bool:
    """Whether the next version is ours; somebody else may have written it a moment ago."""
    try:
        with transaction.atomic():
            Statement.objects.create(
                desk=desk,
                kind=kind,
                number=number + 1,
                body=form.cleaned_data["body"],
                written_by=request.user,
            )
    except IntegrityError:
        return False
    return True
