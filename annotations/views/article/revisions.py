"""An article's texts: all of them, one with its marks, two compared, a new one, marks to place."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.forms import AttachForm, LetGoForm, ReviseForm
from annotations.models import Article, Incoming, Orphan, Revision
from annotations.queries import revisions as revisions_queries
from annotations.queries.access import article_for, may
from annotations.rights import Right
from annotations.text.difference import parts
from annotations.text.reanchor import Fate
from annotations.views.http import Request, acknowledged, sent_key
from annotations.views.importing import sentences
from annotations.views.importing.sending import key_of
from annotations.views.refusals import refusals_in_words
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


# --- marks without a place ---


@require_safe
def orphans(request: Request, pk: int) -> HttpResponse:
    """The article's marks that wait for a person."""
    return _orphans_page(request, article_for(request.user, pk))


def _orphans_page(
    request: Request,
    article: Article,
    *,
    orphan: Orphan | None = None,
    attach: AttachForm | None = None,
    let_go: LetGoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with the forms of one orphan as they came back, if they did."""
    found = revisions_queries.unsettled(article)
    rows = []
    for lost in found.lost:
        own = orphan is not None and lost.orphan.pk == orphan.pk
        attach_form = attach if own and attach else None
        extra = []
        if attach_form is not None and len(attach_form.places) > 1:
            now = revisions_queries.with_sentences([found.revision.pk])[found.revision.pk]
            extra = [
                revisions_queries.place(lost.orphan.mark.exact, now, start, end)
                for start, end in attach_form.places[:5]
            ]
        rows.append(
            {
                "lost": lost,
                "places": extra or lost.places,
                "attach": attach_form or AttachForm(revision=found.revision, orphan=lost.orphan),
                "let_go": (own and let_go) or LetGoForm(orphan=lost.orphan),
            }
        )
    return render(
        request,
        "article/orphans.html",
        _context(article)
        | {
            "found": found,
            "rows": rows,
            "form": attach or let_go,
            "may_mark": may(article, Right.MARK),
            "may_publish": may(article, Right.PUBLISH),
            "since": found.revision.number - 1,
        },
        status=status,
    )


@require_POST
@refusals_in_words
def confirm_marks(request: Request, pk: int) -> HttpResponse:
    """Confirm the chosen marks whose sentence changed, or all that are only printed otherwise."""
    article = article_for(request.user, pk, Right.MARK)
    chosen = "reprinted" if request.POST.get("do") == "reprinted" else "mark"
    keys = [key for key in request.POST.getlist(chosen) if _is_uuid(key)]
    if not keys:
        messages.error(request, _("Choose the marks that you confirm."))
        return redirect("orphans", pk)

    def act() -> int:
        marks = workflow.confirm(article, keys, actor=request.user)
        messages.success(
            request,
            ngettext("%(count)d mark is confirmed.", "%(count)d marks are confirmed.", len(marks))
            % {"count": len(marks)},
        )
        return article.pk

    workflow.once(request.user, sent_key(request), request.path, act)
    return redirect("orphans", pk)


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _orphan_of(article: Article, key: uuid.UUID) -> Orphan:
    rows = Orphan.objects.filter(revision__article=article)
    return get_object_or_404(rows.select_related("revision__article", "mark__claim"), uuid=key)


@require_POST
@refusals_in_words
def attach(request: Request, pk: int, key: uuid.UUID) -> HttpResponse:
    """Give an orphan the chosen place."""
    article = article_for(request.user, pk, Right.MARK)
    orphan = _orphan_of(article, key)
    form = AttachForm(request.POST, revision=orphan.revision, orphan=orphan)

    def act() -> int:
        made = workflow.attach(orphan, *form.span(), actor=request.user)
        messages.success(request, _("The claim is marked at “%(words)s”.") % {"words": made})
        return made.pk

    if form.is_valid():
        try:
            workflow.once(request.user, sent_key(request), request.path, act)
        except workflow.Refused as why:
            form.add_error("words", str(why))
        else:
            return redirect("orphans", pk)
    return _orphans_page(request, article, orphan=orphan, attach=form, status=422)


@require_POST
@refusals_in_words
def let_go(request: Request, pk: int, key: uuid.UUID) -> HttpResponse:
    """Say that an orphan is gone from the article, or set its claim aside otherwise."""
    article = article_for(request.user, pk, Right.MARK)
    orphan = _orphan_of(article, key)
    form = LetGoForm(request.POST, orphan=orphan)
    if not form.is_valid():
        return _orphans_page(request, article, orphan=orphan, let_go=form, status=422)

    def act() -> int:
        asked = form.cleaned_data
        workflow.let_go(orphan, asked["why"], actor=request.user, note=asked["note"])
        messages.success(request, _("The mark is settled."))
        return orphan.pk

    workflow.once(request.user, sent_key(request), request.path, act)
    return redirect("orphans", pk)


@require_POST
@refusals_in_words
def look_again(request: Request, pk: int) -> HttpResponse:
    """Look once more for claims that have no place."""
    article = article_for(request.user, pk, Right.MARK)

    def act() -> int:
        found = workflow.look_again(article, actor=request.user)
        messages.success(
            request,
            ngettext(
                "%(count)d mark was looked for.", "%(count)d marks were looked for.", len(found)
            )
            % {"count": len(found)},
        )
        return article.pk

    workflow.once(request.user, sent_key(request), request.path, act)
    return redirect("orphans", pk)
