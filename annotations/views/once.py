"""A form that is sent twice has one effect, and the same answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect

from annotations import workflow

from .http import AnyRequest, Request, acknowledged, sent_key


def key_for(request: AnyRequest) -> str:
    """The key of the form on this page: the one that was sent with it, or a new one."""
    return str(sent_key(request) or uuid.uuid4())


def repeated(request: Request) -> HttpResponse | None:
    """The answer given before to what is sent now, if its key was used; else None.

    Asked before the form is looked at: what was done may have made it invalid.
    """
    before = workflow.answered(request.user, sent_key(request), request.path)
    return None if before is None else acknowledged(request, redirect(before))


def once(request: Request, do: Callable[[], str]) -> HttpResponse:
    """Do it, and lead to the address that `do` returns. Raises what `do` raises."""
    to = workflow.once(request.user, sent_key(request), request.path, do)
    return acknowledged(request, redirect(to))
