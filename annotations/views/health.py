"""For whoever keeps the server: does it answer, and is it ready for readers?"""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers, without asking the database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if the database answers and has all migrations; else 503, and which it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        return _not_ready("the database does not answer")
    if missing := _known_migrations() - applied.keys():
        return _not_ready(f"{len(missing)} migrations are not applied")
    return HttpResponse("ready", content_type="text/plain")


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of this release, by app and name. They change with the code alone."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _not_ready(why: str) -> HttpResponse:
    return HttpResponse(why, status=503, content_type="text/plain")
