"""Which article is a translation of which: a page of the article's, for the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import OriginalForm
from annotations.models import Article
from annotations.queries.access import article_for, may
from annotations.queries.translations import possible_originals
from annotations.rights import Right

from .answers import Request, refusals_in_words, status_of
from .words import language_name


@require_http_methods(["GET", "POST"])
@refusals_in_words
def translations(request: Request, pk: int) -> HttpResponse:
    """The article's translations; tying it to its original, and untying it."""
    is_sent = request.method == "POST"
    article = article_for(request.user, pk, Right.IMPORT if is_sent else Right.READ)
    if is_sent and request.POST.get("do") == "untie":
        workflow.untie(article, actor=request.user)
        messages.success(request, _("It is no translation any more."))
        return redirect(request.path)
    words = request.GET.get("title", "").replace("\0", "").strip()[:200]
    others = [each for each in workflow.translation_group(article) if each.pk != article.pk]
    form = None
    if not others and may(article, Right.IMPORT):
        form = OriginalForm(
            request.POST if is_sent else None, originals=possible_originals(article, words)
        )
    if is_sent:
        if form is None:
            raise workflow.Refused(_("It is tied already: look below."))
        if form.is_valid():
            workflow.translate(article, form.cleaned_data["original"], actor=request.user)
            messages.success(request, _("It is tied. Readers of each page find the other."))
            return redirect(request.path)
    return render(
        request,
        "annotations/translations.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "language": language_name(article.language, "name_translated"),
            "original": article.original,
            "others": [_row(each) for each in others],
            "may_untie": article.original is not None and may(article, Right.IMPORT),
            "form": form,
            "words": words,
        },
        status=status_of(form) if form is not None else 200,
    )


def _row(article: Article) -> dict[str, object]:
    return {
        "article": article,
        "language": language_name(article.language, "name_translated"),
        "status": article.get_status_display(),
    }
