"""What several pages share: the request's type, refusals in words, and where to go next."""

from __future__ import annotations

import re
import uuid
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django import forms
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


def network_address(request: AnyRequest) -> str:
    """Where a request comes from, as it is counted: of IPv6 the network, since one has it whole.

    The same as at the door: X-Forwarded-For counts only as far as our own proxies wrote it.
    """
    return str(get_ip(request))


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


def sent(request: AnyRequest) -> Any:
    """What was sent, for a form; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def shown_again(request: AnyRequest, **seen: object) -> Any:
    """What was sent, for a form that comes back beside what somebody else saved: based on that."""
    typed = request.POST.copy()
    for name, value in seen.items():
        typed[name] = str(value)
    return typed


def refuse(form: forms.BaseForm, why: object) -> None:
    """Put why a move was refused at the head of its form, which is shown again as it was typed."""
    form.add_error(None, str(why))
    form.was_refused = True  # type: ignore[attr-defined]  # asked by status_of alone


def refuse_stale(form: forms.BaseForm, why: object, based_on: object) -> None:
    """Refuse what was based on an older state: sent again, it is based on what is shown now."""
    typed: Any = form.data
    again = typed.copy()
    again["based_on"] = str(based_on)
    form.data = again
    refuse(form, why)


def status_of(form: Any) -> int:
    """409 for a form whose move was refused, 422 for one with errors, else 200."""
    if form is None or not form.is_bound:
        return 200
    if getattr(form, "was_refused", False):
        return 409
    return 200 if form.is_valid() else 422


def sent_key(request: AnyRequest) -> uuid.UUID | None:
    """The idempotency key that was sent along, if it is one."""
    key = request.POST.get("key", "")
    return uuid.UUID(key) if _KEY.fullmatch(key) else None
