"""An article's texts: all of them, one with its marks, two compared, a new one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.forms import ReviseForm
from annotations.models import Article, Incoming, Revision
from annotations.queries import revisions as revisions_queries
from annotations.queries.access import article_for, may
from annotations.rights import Right
from annotations.text.difference import parts
from annotations.text.reanchor import Fate
from annotations.views.http import Request, acknowledged
from annotations.views.importing import sentences
from annotations.views.importing.sending import key_of
from annotations.words.imports import FATES, changes_in_words, unfetchable
from annotations.words.unreadable import bad_text

PAGE = 50
# What needs a person first, and what needs nobody last.
ORDER = (Fate.ORPHAN, Fate.PROPOSAL, Fate.CONTEXT, Fate.MOVED, Fate.SAME)


def _context(article: Article) -> dict[str, Any]:
    return {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "language": article.language,
    }


# --- reading ---


@require_safe
def revisions(request: Request, pk: int) -> HttpResponse:
    """Every text the article had, newest first."""
    article = article_for(request.user, pk)
    page = Paginator(revisions_queries.revisions(article), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "article/revisions.html",
        _context(article)
        | {"page_obj": page, "rows": page.object_list, "query": "", "may_revise": _may(article)},
    )


def _may(article: Article) -> bool:
    return may(article, Right.IMPORT) and may(article, Right.MARK)


@require_safe
def revision(request: Request, pk: int, number: int) -> HttpResponse:
    """One text with the marks it had, and what changed since an earlier one if asked."""
    article = article_for(request.user, pk)
    shown = get_object_or_404(article.revisions.select_related("created_by"), number=number)
    earlier = _earlier(article, shown, request.GET.get("since"))
    paragraphs, claims = revisions_queries.marked_text(shown)
    numbers = list(article.revisions.order_by("number").values_list("number", flat=True))
    return render(
        request,
        "article/revision.html",
        _context(article)
        | {
            "revision": shown,
            "is_current": number == numbers[-1],
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if number < numbers[-1] else None,
            "others": [other for other in numbers if other < number],
            "paragraphs": paragraphs,
            "claims": claims,
            "since": earlier,
            "difference": revisions_queries.compared(earlier.text, shown.text) if earlier else [],
            "changes": changes_in_words(shown.changes),
        },
    )


def _earlier(article: Article, shown: Revision, asked: str | None) -> Revision | None:
    """The earlier revision to compare with, if one of the article's was asked for."""
    if not asked or not asked.isdecimal() or len(asked) > 5:
        return None
    return article.revisions.filter(number=int(asked), number__lt=shown.number).first()


# --- a new text ---


@require_http_methods(["GET", "POST"])
def revise(request: Request, pk: int) -> HttpResponse:
    """Change the text, look at the difference and at what becomes of the marks, save."""
    article = article_for(request.user, pk, Right.IMPORT)
    current = article.revision
    if request.method != "POST":
        initial = {"text": current.text, "based_on": current.number, "key": uuid.uuid4()}
        return _revise_page(request, article, ReviseForm(initial=initial))
    form = ReviseForm(request.POST, request.FILES)
    is_fetch = request.POST.get("do") == "fetch" and article.url
    if not form.is_valid() and not is_fetch:
        return _revise_page(request, article, form, status=422)
    try:
        given = _fetched(article) if is_fetch else _given(request, article, form)
        reading = exchange.read(
            given, article.desk, language=article.language, keep_for=request.user
        )
    except (exchange.BadText, exchange.Unfetchable) as problem:
        _add_problem(form, problem)
        return _revise_page(request, article, form, status=422)
    document, cut = sentences.cut(request, exchange.keeping_cut(article, reading.document))
    asked, is_save = form.cleaned_data, request.POST.get("do") == "save"
    if not is_save or cut["problem"] or asked["seen"] != document.sha256:
        unseen = _("The text is another one than you looked at.") if is_save else ""
        form = _afresh(request, article, document, reading.incoming)
        return _revise_page(request, article, form, document, cut, problem=unseen)
    key = key_of(asked["key"], document)
    try:
        workflow.once(
            request.user,
            key,
            f"revise {article.uuid}",
            lambda: _save(request, article, document, asked, reading.name),
        )
    except workflow.Refused as why:  # somebody was quicker, or nothing is different
        form = _afresh(request, article, document, reading.incoming)
        return _revise_page(request, article, form, document, cut, status=409, problem=str(why))
    then = "orphans" if revisions_queries.unsettled(article).count else "workbench"
    return acknowledged(request, redirect(then, pk))


def _add_problem(form: ReviseForm, problem: exchange.BadText | exchange.Unfetchable) -> None:
    """Say what was wrong beside the field that it came from."""
    if isinstance(problem, exchange.Unfetchable):
        form.add_error(None, unfetchable(problem))
    else:
        form.add_error("file" if form.cleaned_data.get("file") else "text", bad_text(problem))


def _fetched(article: Article) -> exchange.Given:
    """The page as it stands now where the article was published. Raises Unfetchable."""
    return exchange.Given(page=exchange.fetched(article.url))


def _given(request: Request, article: Article, form: ReviseForm) -> exchange.Given:
    """The new text: a file's, a page's that was received before, or what is typed.

    Raises BadText.
    """
    asked = form.cleaned_data
    if upload := asked.get("file"):
        return exchange.Given(data=upload.read(), name=upload.name)
    key = asked["incoming"]
    earlier = exchange.received_before(article.desk, request.user, key) if key else None
    return exchange.Given(text=asked["text"], earlier=earlier)


def _save(
    request: Request,
    article: Article,
    document: plain.Document,
    asked: dict[str, Any],
    name: str,
) -> int:
    seen = exchange.revise(
        article,
        document,
        actor=request.user,
        based_on=asked["based_on"],
        name=name,
        reason=asked["reason"],
    )
    number = seen.current.number + 1
    messages.success(request, _("Revision %(number)d is saved.") % {"number": number})
    return number


def _afresh(
    request: Request, article: Article, document: plain.Document, incoming: Incoming | None
) -> ReviseForm:
    """The form for the next step, with the text as it was read, based on the text as it is."""
    data = request.POST.copy()
    data["text"] = document.text
    data["incoming"] = str(incoming.uuid) if incoming else ""
    data["based_on"] = str(article.revision.number)
    data["seen"] = document.sha256
    return ReviseForm(data)


def _revise_page(
    request: Request,
    article: Article,
    form: ReviseForm,
    document: plain.Document | None = None,
    cut: dict[str, Any] | None = None,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context = _context(article) | {"form": form, "preview": None, "problem": problem, "cut": cut}
    if document is not None:
        context["preview"] = _preview(article, document)
    return render(request, "article/revise.html", context, status=status)


def _preview(article: Article, document: plain.Document) -> dict[str, Any]:
    """The difference, and what becomes of each mark, what needs a person first."""
    seen = exchange.foresee(article, document)
    keys = {seen.current.pk, *(each.mark.revision_id for each in seen.marks)}
    then = revisions_queries.with_sentences(keys)
    now = revisions_queries.TextWithSentences(document.text, exchange.sentences(document))
    rows = [_fate(each, then[each.mark.revision_id], now) for each in seen.marks]
    return {
        "number": seen.current.number,
        "difference": revisions_queries.compared(seen.current.text, document.text),
        "marks": [row for fate in ORDER for row in rows if row["fate"] == fate],
        "counts": [(FATES[fate], n) for fate in ORDER if (n := seen.count(fate))],
        "changes": changes_in_words(exchange.changes(document), document.charset),
        "is_same": seen.current.text == document.text,
    }


def _fate(
    each: workflow.Foreseen,
    then: revisions_queries.TextWithSentences,
    now: revisions_queries.TextWithSentences,
) -> dict[str, Any]:
    mark, outcome = each.mark, each.outcome
    shown: dict[str, Any] = {
        "fate": outcome.fate,
        "label": FATES[outcome.fate],
        "claim": mark.claim,
        "words": mark.exact,
        "difference": [],
    }
    if outcome.fate == Fate.CONTEXT:
        before = then.around(mark.start, mark.end)
        shown["difference"] = parts(before, now.around(outcome.start, outcome.end))
    elif outcome.fate == Fate.PROPOSAL:
        best = outcome.proposals[0]
        shown["difference"] = parts(mark.exact, best.exact)
        shown["places"] = sum(proposal.likeness == 100 for proposal in outcome.proposals)
    return shown
