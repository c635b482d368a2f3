"""The worker: sends letters, saves cited pages, takes in long files and does what is due, until it
is told to end.

It asks the rows themselves, every second: docs/decisions/0024-the-clock.md says why no queue and
no notification stands between.
"""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType

from django.db import Error, close_old_connections, connections

from annotations.workflow import jobs

from .archiving import archive_next
from .captures import capture_next
from .file_imports import FileImporter
from .jobs import DUTIES, run_next
from .mail import send_next
from .proofs import stamp_next
from .watching import look_next

logger = logging.getLogger(__name__)

LOOK_EVERY, AFTER_TROUBLE = 1, 5
"""Seconds to wait when nothing is due, and when the database does not answer."""


class Worker:
    """One of any number at work at once: what each does, it holds first."""

    def __init__(self) -> None:
        self.is_ending = False
        self.failures = 0
        """Jobs that did not go well."""
        self._importer = FileImporter()

    def end(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish what is held, and begin nothing else."""
        self.is_ending = True

    def run(self) -> None:
        """Work until SIGTERM or SIGINT. A database that is away is waited for."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.end)
        logger.info("The worker is at work")
        is_planned = False
        while not self.is_ending:
            try:
                if not is_planned:
                    jobs.plan(DUTIES)
                    is_planned = True
                is_busy = self.do_next()
            except Error:
                logger.exception("The database does not answer; looking again soon")
                connections.close_all()
                self._rest(AFTER_TROUBLE)
                continue
            close_old_connections()
            if not is_busy:
                self._rest(LOOK_EVERY)
        logger.info("The worker has ended")

    def run_once(self) -> None:
        """Do all that is due now, and no more."""
        jobs.plan(DUTIES)
        while self.do_next() and not self.is_ending:
            pass

    def do_next(self) -> bool:
        """Do one of each kind of work that is due, so that none waits for the others.

        Returns whether there was anything to do.
        """
        is_busy = False
        for do in (
            self._do_job,
            send_next,
            capture_next,
            look_next,
            archive_next,
            stamp_next,
            self._importer.take_next,
        ):
            is_busy = do() or is_busy
            if self.is_ending:
                return False
        return is_busy

    def _do_job(self) -> bool:
        job = run_next()
        if job is not None and job.error:
            self.failures += 1
        return job is not None

    def _rest(self, seconds: int) -> None:
        for _each in range(seconds):
            if not self.is_ending:
                time.sleep(1)
