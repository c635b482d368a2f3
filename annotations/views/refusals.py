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

from .http import Request

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
