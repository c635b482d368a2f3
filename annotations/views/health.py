"""For whoever keeps the server: does it answer?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers, without asking the database."""
    return HttpResponse("ok", content_type="text/plain")
