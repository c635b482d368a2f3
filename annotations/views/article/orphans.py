"""An article's marks that wait for a person: to be confirmed, placed again or let go."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations import workflow
from annotations.forms import AttachForm, LetGoForm
from annotations.models import Article, Orphan
from annotations.queries import revisions as revisions_queries
from annotations.queries.access import article_for, may
from annotations.rights import Right
from annotations.views.http import Request, sent_key
from annotations.views.refusals import refusals_in_words


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
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "language": article.language,
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
