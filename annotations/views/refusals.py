"""What a person is told when a move is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from annotations import workflow
from annotations.forms import held

from .http import Request

View = Callable[..., HttpResponse]


def refusals_in_words(view: View) -> View:
    """Say why a move was refused, where its own page does not.

    A button leads back to the page it was pressed on. What was typed comes with the answer (409).
    """

    @wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except workflow.Refused as why:
            return refused(request, why)

    return wrapped


def refused(request: Request, why: object) -> HttpResponse:
    """The answer to a refused move, with what was typed; else back where it was asked."""
    back = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    what = held(request, request.get_full_path())
    if is_ours and not what.typed and not what.files:
        messages.error(request, str(why))
        return redirect(back)
    context = {"reason": str(why), "held": what, "back": back if is_ours else ""}
    return render(request, "409.html", context, status=409)
