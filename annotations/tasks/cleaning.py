"""What has served its time goes."""

from __future__ import annotations

import datetime as dt
import logging

from annotations.workflow import cleaning

logger = logging.getLogger(__name__)


def clean(at: dt.datetime) -> None:
    """Delete what nobody can need any more by then (UTC). Where one kind fails, the others go on.

    Raises what went wrong first.
    """
    problems = []
    for delete in cleaning.KINDS:
        try:
            while delete(at) >= cleaning.AT_ONCE:
                pass
        except Exception as problem:
            logger.exception("Old %s were not deleted", delete.__name__)
            problems.append(problem)
    if problems:
        raise problems[0]
