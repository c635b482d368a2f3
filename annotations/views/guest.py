"""Where an addressee answers what a desk asks of them: by a link that is theirs, with no account.

They are shown the claims that were put to them, in the words of then, and nothing else of the desk.
The page is kept by nobody, listed nowhere, and names itself to no other site.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.accounts import of_pages
from annotations.forms import GuestForm
from annotations.models import ReplyRequest
from annotations.views.http import AnyRequest, acknowledged, refuse, sent, status_of
from annotations.views.once import key_for
from annotations.vocabulary import AnswerWay
from annotations.workflow import replies


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: AnyRequest, shown: str) -> HttpResponse:
    """What the desk asks of one addressee, and their answer, once."""
    # To look costs us no statement without a pass, so what is sent is counted, as with sign-ins.
    if not ratelimit.consume(request, action="reply"):
        too_many: HttpResponse = ratelimit.respond_429(request)
        return _kept_by_nobody(too_many)
    row = replies.reply_of(shown)
    if row is None:
        raise Http404
    language = of_pages(row.desk.language)
    request.LANGUAGE_CODE = language
    with translation.override(language), timezone.override(ZoneInfo(row.desk.time_zone)):
        return _kept_by_nobody(_answer(request, row, shown))


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Not `no-referrer`: browsers would send the form from an origin called "null", which is what a
    # forged one has too. To other sites none is sent by this.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _answer(request: AnyRequest, row: ReplyRequest, shown: str) -> HttpResponse:
    if row.answered_at is not None:
        return _closed(request, row, "answered", 409 if request.method == "POST" else 200)
    if row.withdrawn_at is not None:
        return _closed(request, row, "withdrawn", 410)
    if not replies.has_open_link(row):
        return _closed(request, row, "ended", 410)
    form = GuestForm(sent(request), request.FILES or None, points=row.points.all())
    if form.is_bound and "change" not in request.POST and form.is_valid():
        if "send" not in request.POST:
            return _page(request, row, "guest/check.html", form)
        given = workflow.Answered(
            form.cleaned_data["words"],
            form.answers(),
            AnswerWay.LINK,
            file=form.data_of_file,
            file_name=form.file_name,
        )
        try:
            replies.answer_by_link(row, given)
        except workflow.Refused as why:
            refuse(form, why)
        else:
            return acknowledged(request, redirect("guest_reply", shown))
    if "send" in request.POST and form.is_lacking_file_only:
        # What was typed is as it was looked at: only the file is chosen again, or left out.
        return _page(request, row, "guest/check.html", form, status=422)
    status = 200 if "change" in request.POST else status_of(form)
    return _page(request, row, "guest/reply.html", form, status=status)


def _closed(request: AnyRequest, row: ReplyRequest, why: str, status: int) -> HttpResponse:
    context = _context(row) | {"why": why, "row": row, "unsent": _unsent(request, row)}
    return render(request, "guest/closed.html", context, status=status)


def _unsent(request: AnyRequest, row: ReplyRequest) -> list[tuple[str, str]]:
    """What was written and came too late; nothing where it is the answer that we have."""
    if request.method != "POST":
        return []
    given = {row.answer, *row.points.values_list("answer", flat=True)}
    form = GuestForm(sent(request), points=row.points.all())
    typed = [(str(each.label), str(each.value() or "").strip()) for each in form.typed()]
    lost = [(label, words) for label, words in typed if words]
    return lost if {_plain(words) for _label, words in lost} - {_plain(w) for w in given} else []


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _page(
    request: AnyRequest, row: ReplyRequest, template: str, form: GuestForm, status: int = 200
) -> HttpResponse:
    return render(
        request,
        template,
        _context(row) | {"form": form, "row": row, "key": key_for(request)},
        status=status,
    )


def _context(row: ReplyRequest) -> dict[str, Any]:
    return {"organisation": row.desk.organisation, "is_sample": row.desk.is_sample}
