"""Requests that cannot be read: said in words, not with an empty page."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was wrong with the request, in words; 413 for one that is too large."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        reason = _("What you sent is larger than %(limit)d MB.") % {"limit": limit}
        return render(request, "400.html", {"reason": reason}, status=413)
    return render(request, "400.html", status=400)
