"""A page of one question before a move."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations.models import Article
from annotations.views.http import Request


def ask(
    request: Request, article: Article, form: Any, title: str, lead: str, verb: str
) -> HttpResponse:
    """A page of one question before a move."""
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "form": form,
        "title": title,
        "lead": lead,
        "verb": verb,
        "cancel_url": reverse("workbench", args=[article.pk]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "article/ask.html", context, status=status)
