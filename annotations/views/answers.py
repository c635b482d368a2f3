"""What several pages share: the request's type, refusals in words, and the moves of the bar."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from annotations import workflow
from annotations.models import User
from annotations.queries.publication import State


class AnyRequest(HttpRequest):
    """A request of anyone."""

    htmx: HtmxDetails
    state: State
    """What a public page rests on (views.reading)."""


class Request(AnyRequest):
    """A request of someone who is signed in."""

    user: User


View = Callable[..., HttpResponse]


def refusals_in_words(view: View) -> View:
    """Say why a move was refused, and lead back to the page it was asked on."""

    @wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except workflow.Refused as why:
            back = request.headers.get("referer", "")
            if not url_has_allowed_host_and_scheme(
                back, {request.get_host()}, require_https=request.is_secure()
            ):
                return render(request, "409.html", {"reason": str(why)}, status=409)
            messages.error(request, str(why))
            return redirect(back)

    return wrapped


def searched(request: AnyRequest) -> str:
    """The words looked for: at most 200 characters, and none that PostgreSQL refuses."""
    return request.GET.get("q", "").replace("\0", "").strip()[:200]


def kept_query(request: AnyRequest) -> str:
    """The filter over an article's claims that the person came with, on any page or form of it."""
    query = request.POST.get("q") or request.GET.get("q") or ""
    return query.replace("\0", "").strip()[:200]


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
