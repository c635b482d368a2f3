"""Signing in, asked of people with a page and told to scripts with a status."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's, but a save made by the page itself is answered 401, so that its text is kept."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        """Not even ask who it is where anyone may read: the answer would vary by cookie."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if "X-Autosave" in request.headers:
            return HttpResponse(status=401)
        if getattr(request, "htmx", False):
            return HttpResponseClientRefresh()
        return super().handle_no_permission(request, view_func)
