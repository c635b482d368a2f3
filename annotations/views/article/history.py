"""The log of one article, as far as the person may read it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries import log as log_queries
from annotations.queries.access import article_for
from annotations.queries.workbench import claim_numbers
from annotations.views.http import Request
from annotations.words.log import moves_in_words

PAGE = 50


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """The log of an article, as far as the person may read it."""
    article = article_for(request.user, pk)
    lines = log_queries.history(article, request.user)
    page = log_queries.page_of(lines, request.GET, PAGE)
    return render(
        request,
        "article/history.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "stretch": page,
            "lines": moves_in_words(page, article, claim_numbers(article)),
            "query": "",
        },
    )
