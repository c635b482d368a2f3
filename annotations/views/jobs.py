"""For whoever keeps the server: what the worker does, what failed, and doing it again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Letter
from annotations.queries import jobs as jobs_queries
from annotations.tasks.jobs import DUTIES
from annotations.views.http import Request
from annotations.words.jobs import state_of
from annotations.workflow import jobs, letters


def _require_keeper(request: Request) -> None:
    """Superusers alone: what a mail server says may name a reader, of whatever desk."""
    if not request.user.is_superuser:
        raise PermissionDenied(
            _("Only whoever keeps this site sees what its worker does. Ask them.")
        )


@require_safe
def job_list(request: Request) -> HttpResponse:
    """Each job with what became of it, and the letters that do not go out."""
    _require_keeper(request)
    clock = jobs_queries.clock()
    lines = [
        {"job": job, "label": DUTIES[job.name].label, "state": state_of(job)}
        for job in clock.jobs
        if job.name in DUTIES
    ]
    return render(request, "jobs.html", {"clock": clock, "lines": lines})


@require_POST
def run_job(request: Request, name: str) -> HttpResponse:
    """Let the worker do a job now."""
    _require_keeper(request)
    if name not in DUTIES or not jobs.run_again(name):
        raise Http404
    messages.success(request, _("The worker does it within a few seconds."))
    return redirect("jobs")


@require_POST
def send_letter_again(request: Request, letter_key: uuid.UUID) -> HttpResponse:
    """Let a letter that was given up wait again."""
    _require_keeper(request)
    if letters.try_again(get_object_or_404(Letter, uuid=letter_key)):
        messages.success(request, _("The mail is tried again."))
    else:
        messages.error(request, _("It cannot be sent again, for what it held is deleted."))
    return redirect("jobs")
