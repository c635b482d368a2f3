"""What is done by the clock, how often, and the doing of whatever is due."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.models import Job
from annotations.workflow import jobs, letters, notices

from . import archiving, proofs, replies, watching
from .cleaning import clean
from .lapsing import lapse_overdue

logger = logging.getLogger(__name__)

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """A job that the worker knows: what it does, given the time (UTC), and how often."""

    label: str | Promise
    do: Callable[[dt.datetime], object]
    every: dt.timedelta


DUTIES = {
    "lapse": Duty(_("Let overdue checks lapse"), lapse_overdue, MINUTE),
    "remind": Duty(_("Tell of what is due, and what is overdue"), notices.remind, 5 * MINUTE),
    "notices": Duty(_("Put notices into mails"), notices.gather, MINUTE),
    "digests": Duty(_("Make the daily mails"), notices.make_digests, 5 * MINUTE),
    "replies": Duty(_("Remind of replies that were asked for"), replies.remind, 5 * MINUTE),
    "watch": Duty(_("Watch what was published since"), watching.begin, 10 * MINUTE),
    "archives": Duty(_("Have others save what was published since"), archiving.begin, 10 * MINUTE),
    "letters": Duty(_("Give up letters that could not be sent"), letters.give_up_old, HOUR),
    "roots": Duty(_("Make the day’s root of hashes"), proofs.make_root, HOUR),
    "clean": Duty(_("Delete what has served its time"), clean, HOUR),
}


def run_next() -> Job | None:
    """Do the job that has waited longest, if any is due; returns it, with its `error` if it failed.

    What goes wrong is kept in its row, and stops nothing else.
    """
    job = jobs.claim(DUTIES, timezone.now())
    if job is None:
        return None
    duty = DUTIES[job.name]
    try:
        duty.do(timezone.now())
    except Exception as problem:  # whatever it is: the other jobs go on
        logger.exception("The job %s failed", job.name)
        job.error = what_failed(problem)
        jobs.failed(job, job.error, duty.every)
    else:
        job.error = ""
        jobs.done(job, duty.every)
    return job


def what_failed(problem: Exception) -> str:
    """The kind of the problem, the first line of its words, and where it was.

    No more: what PostgreSQL adds below may hold words of a row, and these are not for everybody.
    """
    said = (str(problem).splitlines() or [""])[0]
    places = traceback.extract_tb(problem.__traceback__)
    place = f" ({Path(places[-1].filename).name}:{places[-1].lineno})" if places else ""
    return f"{type(problem).__name__}: {said}{place}"
