"""Cited pages are saved: one at a time, outside of any transaction."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from annotations import VERSION, blobs, figures
from annotations.capture import recording
from annotations.capture.fetch import Bounds, Unfetchable
from annotations.models import Capture
from annotations.workflow import copies

logger = logging.getLogger(__name__)

SECONDS, BYTES = 30.0, 25 * 1024 * 1024
"""What saving one page may take: nobody waits for it, and a report as PDF is large."""


def capture_next() -> bool:
    """Save the page that has waited longest; returns whether there was one.

    Where pages are not saved here they wait.
    """
    if not settings.SAVE_COPIES:
        return False
    capture = copies.claim(timezone.now())
    if capture is None:
        return False
    try:
        _save(capture)
    except Unfetchable as problem:
        is_passing = recording.is_passing(problem)
        copies.failed(capture, problem.code, problem.params, is_passing=is_passing)
        figures.CAPTURES.labels("failed").inc()
    except OSError:  # no room for it: somebody makes some, and it is tried again
        logger.exception("Capture %s was not kept", capture.uuid)
        copies.failed(capture, "no_room", {}, is_passing=True)
        figures.CAPTURES.labels("failed").inc()
    else:
        figures.CAPTURES.labels("saved").inc()
    return True


def _save(capture: Capture) -> None:
    """Fetch it and keep it. Raises Unfetchable, OSError."""
    answers = recording.record(capture.address, bounds())
    page = answers[-1]
    copies.saved(
        capture,
        blobs.keep(page.data),
        blobs.keep(recording.warc(answers, f"Factcheck {VERSION}")),
        name=_name(page),
        media_type=page.media_type,
    )


def bounds() -> Bounds:
    """As the settings allow. The name we go by says whose machine it is and where to complain."""
    agent = f"{recording.AGENT}/{VERSION} (+{settings.SITE_URL}/; keeps pages that it cites)"
    return Bounds(
        seconds=SECONDS,
        size=BYTES,
        ports=frozenset(settings.FETCH_PORTS),
        allowed=frozenset(settings.FETCH_ALLOWED),
        headers={"User-Agent": agent, "Accept": "*/*"},
    )


def _name(page: recording.Answer) -> str:
    """What the file is called: by its address, or by what it is."""
    name = PurePosixPath(unquote(urlsplit(page.address).path)).name
    plain = "".join(c for c in name if c.isprintable())[:100]
    return plain or "page"
