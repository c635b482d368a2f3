"""The heartbeat of a page that is open, answered with who else is there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from annotations import workflow
from annotations.queries import presence
from annotations.queries.access import article_for
from annotations.rights import Right
from annotations.views.http import Request


@require_POST
def here(request: Request, pk: int) -> HttpResponse:
    """Note that the person has the article open; nothing, of them or to them, while they check."""
    article = article_for(request.user, pk, Right.MARK)
    if presence.checks_a_claim(request.user, article):
        return HttpResponse()
    workflow.note_presence(request.user, article)
    people = presence.others(request.user, article)
    return render(request, "article/here.html", {"people": people})
