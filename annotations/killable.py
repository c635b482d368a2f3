"""Work on what a stranger made, in a process that is killed for what it computes, not how long.

How long work takes by the clock says how busy the machine is. What bounds a process is what it
computes and holds; the clock only ends one that neither computes nor answers.
"""

from __future__ import annotations

import math
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence

LONGEST = 90.0
"""Seconds by the clock after which nobody waits: less than proxies and gunicorn wait for us."""


class TooHard(Exception):
    """The process computed or held more than it may, or failed."""


class TooBusy(Exception):
    """The machine had no room for the process, or let it not answer within `LONGEST`."""


def answer(
    program: str, data: bytes, arguments: Sequence[str] = (), *, seconds: float, memory: int
) -> bytes:
    """What a program of ours, a path, writes when it is given `data`.

    It begins with `keep_to_limits`, and may compute for that many seconds, and hold that many
    bytes of memory. Raises TooHard and TooBusy.
    """
    limits = [repr(float(seconds)), str(memory)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", program, *limits, *arguments],
            input=data,
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
    except (subprocess.TimeoutExpired, OSError):
        raise TooBusy from None
    except (subprocess.CalledProcessError, ValueError):
        raise TooHard from None
    return done.stdout


def keep_to_limits() -> list[str]:
    """In the process itself: take the limits that `answer` set, and return the other arguments."""
    seconds, memory, *arguments = sys.argv[1:]
    # The timer counts parts of a second; the limit also stands if a library stops the timer.
    signal.setitimer(signal.ITIMER_PROF, float(seconds))
    whole = math.ceil(float(seconds)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)  # whoever reads a page meanwhile comes first
    return arguments
