"""The log of one article, as far as the person may read it."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from annotations import VERSION
from annotations.exchange import dossier as exchange_dossier
from annotations.formats import wacz
from annotations.models import Claim
from annotations.queries import log as log_queries
from annotations.queries.access import article_for
from annotations.queries.board import stage_of
from annotations.queries.kept import copies_of
from annotations.queries.workbench import claim_numbers, stage_in_words
from annotations.views.http import Request
from annotations.words.log import moves_in_words

PAGE = 50


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """The log of an article, as far as the person may read it."""
    article = article_for(request.user, pk)
    lines = log_queries.history(article, request.user)
    page = log_queries.page_of(lines, request.GET, PAGE)
    statuses = Claim.objects.made_in(article).values_list("status", flat=True)
    return render(
        request,
        "article/history.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "stage": stage_in_words(stage_of(statuses)),
            "stretch": page,
            "lines": moves_in_words(page, article, claim_numbers(article)),
            "query": "",
        },
    )


@require_safe
def evidence(request: Request, pk: int) -> FileResponse:
    """The saved copies behind the article's claims, as far as the person may see them: WACZ."""
    article = article_for(request.user, pk)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    wacz.write(
        file,
        copies_of(article, request.user),
        title=article.title,
        software=f"Factcheck {VERSION}",
        at=timezone.now(),
    )
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{article.slug}.wacz",
        content_type=wacz.MEDIA_TYPE,
    )


@require_safe
def dossier(request: Request, pk: int) -> HttpResponse:
    """What readers were told of the article, as one page that needs no network.

    It holds editions alone, so nothing in it is a look at somebody's work. Raises Http404 where
    nothing is published.
    """
    article = article_for(request.user, pk)
    try:
        made = exchange_dossier.dossier(article)
    except exchange_dossier.NothingPublished:
        raise Http404 from None
    named = content_disposition_header(True, f"{made.name}.html")
    return HttpResponse(made.html, headers={"Content-Disposition": named})
