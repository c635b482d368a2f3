"""What is said of an article, changed after import: title, outlet, permission and the like."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import DescribeForm
from annotations.models import Article, Transition
from annotations.queries.access import article_for
from annotations.rights import Right
from annotations.views.conflicts import bases, conflict_page, resolved
from annotations.views.http import Request, status_of
from annotations.views.once import key_for, once, repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ArticleStatus, MoveName


@require_http_methods(["GET", "POST"])
@refusals_in_words
def details(request: Request, pk: int) -> HttpResponse:
    """The form of it; what somebody else changed meanwhile is answered 409, with both versions."""
    article = article_for(request.user, pk, Right.IMPORT)
    is_sent = request.method == "POST"
    if is_sent and (before := repeated(request)):
        return before
    data = resolved(request.POST, DescribeForm.WORDING) if is_sent else None
    form = DescribeForm(data, instance=Article.objects.get(pk=pk))
    if is_sent and form.is_valid():

        def do() -> str:
            workflow.describe(article, form.wording(), actor=request.user, base=form.base())
            messages.success(request, _("The details are saved, and in the log."))
            return reverse("workbench", args=[pk])

        try:
            return once(request, do)
        except workflow.Stale as stale:
            if stale.current is None:  # its key was another form's
                raise
            return _conflict(request, article, data)
    return render(
        request,
        "article/details.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "form": form,
            "key": key_for(request),
            "bases": bases(form),
            "is_public": article.status == ArticleStatus.PUBLISHED,
        },
        status=status_of(form),
    )


def _conflict(request: Request, article: Article, data: Any) -> HttpResponse:
    lines = Transition.objects.filter(article=article, move=MoveName.DESCRIBE).select_related(
        "actor"
    )
    line = lines.order_by("-at", "-pk").first()
    return conflict_page(
        request,
        article,
        data,
        theirs=DescribeForm(instance=article),
        version=0,
        by=line.actor if line else None,
        at=line.at if line else article.created_at,
    )
