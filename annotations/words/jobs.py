"""The state of a job, in a word."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Job


def state_of(job: Job) -> str:
    """Whether it is being done, failed the last time, waits for its turn, or was never done."""
    if job.claimed_until is not None and job.claimed_until > timezone.now():
        return _("At work")
    if job.error:
        return _("Failed")
    return _("Done") if job.finished_at else _("Not done yet")
