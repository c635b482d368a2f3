"""What several pages share: the request's type, refusals in words, and where to go next."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from annotations import addresses
from annotations.models import User
from annotations.queries.publication import State


class AnyRequest(HttpRequest):
    """A request of anyone."""

    htmx: HtmxDetails
    state: State
    """What a public page rests on (views.public.serving)."""


class Request(AnyRequest):
    """A request of someone who is signed in."""

    user: User


def searched(request: AnyRequest) -> str:
    """The words looked for: at most 200 characters, and none that PostgreSQL refuses."""
    return request.GET.get("q", "").replace("\0", "").strip()[:200]


def kept_query(request: AnyRequest) -> str:
    """The filter over an article's claims that the person came with, on any page or form of it."""
    query = request.POST.get("q") or request.GET.get("q") or ""
    return query.replace("\0", "").strip()[:200]


def panel_address(request: AnyRequest, article: int, **shown: Any) -> str:
    """The workbench of the article (its key) at a panel, with the filter the user came with."""
    return addresses.workbench(article, kept_query(request), **shown)


_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def acknowledged(request: AnyRequest, response: HttpResponse) -> HttpResponse:
    """Tell the page that what it sent under this key is saved, so that it stops keeping it.

    A cookie that its script reads once: a redirect can say it in no other way. A conflict that is
    settled acknowledges the save that ran into it.
    """
    key = request.POST.get("settles") or request.POST.get("key") or ""
    if _KEY.fullmatch(key):
        response.set_cookie("saved", key, secure=request.is_secure(), samesite="Lax")
    return response


def status_of(form: Any) -> int:
    """422 for a form that came back with errors, else 200."""
    return 422 if form is not None and form.is_bound and not form.is_valid() else 200
