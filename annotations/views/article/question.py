"""A page of one question before a move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from annotations import addresses, workflow
from annotations.models import Article
from annotations.views.http import Request, refuse, status_of
from annotations.views.once import key_for, once, repeated


def ask(
    request: Request,
    article: Article,
    form: Any,
    do: Callable[[], str],
    *,
    title: str,
    lead: str,
    verb: str,
    cancel_url: str = "",
    bases: Sequence[tuple[str, str]] = (),
    on_stale: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Ask one question before a move, and make the move when it is answered.

    `do` makes it and returns the address to go to; sent twice it has one effect. Refused, the page
    is shown again as it was typed, with the reason (409). `bases` are what the person was shown
    before typing, of a form that somebody else may change meanwhile, and `on_stale` answers
    where somebody did (views.conflicts).
    """
    if form.is_bound and (before := repeated(request)):
        return before
    if form.is_bound and form.is_valid():
        try:
            return once(request, do)
        except workflow.Refused as why:
            if on_stale is not None and getattr(why, "current", None) is not None:
                return on_stale()
            refuse(form, why)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "form": form,
        "key": key_for(request),
        "title": title,
        "lead": lead,
        "verb": verb,
        "bases": bases,
        "cancel_url": cancel_url or addresses.workbench(article.pk),
    }
    return render(request, "article/ask.html", context, status=status_of(form))
