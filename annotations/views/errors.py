"""Requests that cannot be read, and a database or files that are lost: said in words."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found
from django.views.defaults import server_error as broken

from annotations.blobs import Away, is_full, is_shut
from annotations.database.losing import is_lost, is_read_only
from annotations.database.shared_cache import Uncounted
from annotations.killable import TooBusy
from annotations.views.account.door import sent_from_here
from annotations.views.public.serving import open_to_scripts

PUBLIC = ("/checks/", "/claims/", "/feeds/", "/schemas/")
DATA = (".json", ".jsonl", ".jsonld", ".atom")
"""What programs read stands below the one, and ends in the other (annotations.urls.public)."""
RETRY = 30
"""Seconds after which a client may try again."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was wrong with the request, in words; 413 for one that is too large."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        reason = _("What you sent is larger than %(limit)d MB.") % {"limit": limit}
        return render(request, "400.html", {"reason": reason}, status=413)
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: a page for people; for a program that asked for data, data."""
    if request.path.startswith(PUBLIC) and request.path.endswith(DATA):
        return open_to_scripts(JsonResponse({"status": 404}, status=404))
    return page_not_found(request, exception)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: 503 while the database is lost or only reads, what keeps files is away,
    a disk is full, attempts cannot be counted, or the machine does not get to a file; else what it
    always was.

    It is the one place that hears of an error wherever it arose, in a view or around it.
    """
    error = sys.exc_info()[1]
    if is_read_only(error):
        return _unavailable(request, "saving")
    if is_lost(error):
        return _unavailable(request, "database")
    if isinstance(error, Away):
        return _unavailable(request, "files")
    if is_full(error) or is_shut(error):
        return _unavailable(request, "room")
    if isinstance(error, Uncounted):
        return _unavailable(request, "counting")
    if isinstance(error, TooBusy):
        return _unavailable(request, "copies")
    return broken(request)


def _unavailable(request: HttpRequest, lost: str) -> HttpResponse:
    """What happened, and what this very request sent, to be sent again by hand.

    Rendered without the request: who asks, and what they are to be told, is in the database.
    """
    context: dict[str, object] = {"lost": lost}
    if request.method == "POST" and (held := sent_from_here(request)):
        context |= {"held": held, "csrf_token": get_token(request)}
    answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer["Retry-After"] = str(RETRY)
    add_never_cache_headers(answer)
    return answer
