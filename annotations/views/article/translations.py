"""Which article is a translation of which, and which claims are the same: a page for the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import OriginalForm, TiesForm
from annotations.models import Article
from annotations.queries import translations as translations_queries
from annotations.queries.access import article_for, may
from annotations.rights import Right
from annotations.views.http import Request, status_of
from annotations.views.refusals import refusals_in_words
from annotations.words.languages import language_name

PAGE = 25
"""Claims tied on one page: each has the claims of the original to choose from."""


@require_http_methods(["GET", "POST"])
@refusals_in_words
def translations(request: Request, pk: int) -> HttpResponse:
    """The article's translations; tying it to its original, and untying it."""
    is_sent = request.method == "POST"
    article = article_for(request.user, pk, Right.IMPORT if is_sent else Right.READ)
    if is_sent and request.POST.get("do") == "untie":
        workflow.untie(article, actor=request.user)
        messages.success(request, _("It is not a translation any more."))
        return redirect(request.path)
    words = request.GET.get("title", "").replace("\0", "").strip()[:200]
    is_tied = workflow.translation_group(article).exclude(pk=article.pk).exists()
    form = None
    if not is_tied and may(article, Right.IMPORT):
        form = OriginalForm(
            request.POST if is_sent else None,
            originals=translations_queries.possible_originals(article, request.user, words),
        )
    if is_sent:
        if form is None:
            raise workflow.Refused(_("It is tied already: look below."))
        if form.is_valid():
            workflow.translate(article, form.cleaned_data["original"], actor=request.user)
            messages.success(request, _("It is tied. Readers of each page find the other."))
            return redirect(request.path)
    return _page(request, article, form=form, words=words)


@require_http_methods(["GET", "POST"])
@refusals_in_words
def tied_claims(request: Request, pk: int) -> HttpResponse:
    """Which claim of the original each claim of a translation is."""
    is_sent = request.method == "POST"
    article = article_for(request.user, pk, Right.MARK)
    page = Paginator(translations_queries.claims_to_tie(article, request.user), PAGE).get_page(
        request.GET.get("page")
    )
    if not page.object_list:
        return redirect("translations", article.pk)
    form = TiesForm(
        request.POST if is_sent else None,
        claims=page.object_list,
        originals=list(translations_queries.claims_of_original(article)),
    )
    if is_sent and form.is_valid() and _tie(form, request):
        messages.success(request, _("Saved. Readers of each claim find the other."))
        return redirect(request.get_full_path())
    return render(
        request,
        "article/tied_claims.html",
        _about(article) | {"form": form, "page_obj": page, "query": ""},
        status=status_of(form),
    )


def _tie(form: TiesForm, request: Request) -> bool:
    """Make all that was changed so, or nothing at all, with what is in the way at its field."""
    changed = form.changed()
    with transaction.atomic():
        # First all that goes, so that two claims can change places.
        for _name, claim, _original in changed:
            if claim.original_id is not None:
                workflow.untie(claim, actor=request.user)
        for name, claim, original in changed:
            try:
                if original is not None:
                    workflow.translate(claim, original, actor=request.user)
            except workflow.Refused as why:
                form.add_error(name, str(why))
        if form.errors:
            transaction.set_rollback(True)
    return not form.errors


def _about(article: Article) -> dict[str, Any]:
    return {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "original": article.original,
        "language": language_name(article.language, "name_translated"),
    }


def _page(
    request: Request, article: Article, *, form: OriginalForm | None, words: str
) -> HttpResponse:
    group = workflow.translation_group(article).exclude(pk=article.pk).select_related("desk")
    seen = set(Article.objects.visible_to(request.user).filter(pk__in=group).values_list("pk"))
    return render(
        request,
        "article/translations.html",
        _about(article)
        | {
            "others": [_row(each, article, is_seen=(each.pk,) in seen) for each in group],
            "may_untie": article.original is not None and may(article, Right.IMPORT),
            "may_tie_claims": translations_queries.claims_to_tie(article, request.user).exists(),
            "form": form,
            "words": words,
        },
        status=status_of(form) if form is not None else 200,
    )


def _row(other: Article, article: Article, *, is_seen: bool) -> dict[str, Any]:
    """A text of the group; of another desk's that one is no member of, no word."""
    return {
        "article": other if is_seen else None,
        "desk": other.desk.name if other.desk_id != article.desk_id else "",
        "language": language_name(other.language, "name_translated"),
        "status": other.get_status_display() if is_seen else "",
        "is_original": other.pk == article.original_id,
    }
