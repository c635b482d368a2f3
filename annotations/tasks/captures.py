"""Cited pages are saved: one at a time, outside of any transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from annotations import VERSION, blobs
from annotations.capture import looking, parts, recording
from annotations.capture.fetch import Bounds, Unfetchable
from annotations.capture.parts import Missed, Wanted
from annotations.capture.recording import Answer
from annotations.formats import looks
from annotations.formats.looks import Part
from annotations.models import Capture, Desk
from annotations.text.documents import document_of
from annotations.workflow import copies

logger = logging.getLogger(__name__)

SECONDS = 30.0
"""What saving one page may take: nobody waits for it."""


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
        is_passing, now = recording.is_passing(problem), timezone.now()
        until = now + looking.retry_after(problem.retry_after, now)
        copies.failed(capture, problem.code, problem.params, is_passing=is_passing, until=until)
    except OSError as error:  # somebody makes room, or mends the storage, and it is tried again
        logger.exception("Capture %s was not kept", capture.uuid)
        is_away = isinstance(error, blobs.Away) or blobs.is_shut(error)
        code = "no_store" if is_away else "no_room"
        copies.failed(capture, code, {}, is_passing=True)
    return True


def _save(capture: Capture) -> None:
    """Fetch it and keep it. Raises Unfetchable, OSError."""
    allowed = bounds(capture.source.desk)
    answers = recording.record(capture.address, allowed)
    page = answers[-1]
    embedded, missed = _parts(page, allowed)
    said = [asdict(each) for each in missed]
    warc = recording.warc([*answers, *embedded], f"Factcheck {VERSION}", page=page, missed=said)
    copies.saved(
        capture,
        blobs.keep(page.data),
        blobs.keep(warc),
        name=_name(page),
        media_type=page.media_type,
        leads_to=_leads_to(capture.address, page),
    )


def _leads_to(address: str, page: Answer) -> str:
    """The name of the document that the address led to; empty where that is the one it names.

    Nor is it a site's first page, to which many lead what is there no more.
    """
    found = document_of(page.address)
    is_first = urlsplit(page.address).path in ("", "/")
    return "" if is_first or found == document_of(address) else found


def _parts(page: Answer, allowed: Bounds) -> tuple[list[Answer], list[Missed]]:
    """The pictures and styles of a page, and those that were not got."""
    if not looks.is_page(page.data, page.media_type):
        return [], []
    wanted = looks.needs(page.data, page.address, page.charset)
    return parts.record(_wanted(wanted), _calls, allowed)


def _wanted(found: Iterable[Part]) -> list[Wanted]:
    return [Wanted(each.address, ("text/css",) if each.is_style else ("image/",)) for each in found]


def _calls(answer: Answer) -> list[Wanted]:
    """What a style sheet calls in its turn."""
    if answer.media_type != looks.STYLE:
        return []
    style = looks.style_text(looks.Saved(answer.media_type, answer.data, answer.charset))
    return _wanted(looks.needs_of_style(style, answer.address))


def bounds(desk: Desk | None = None) -> Bounds:
    """As the settings allow. The name we go by says whose machine it is and where to complain.

    For a desk that is its own page, which says how to reach it.
    """
    path = reverse("public_about", args=[desk.slug]) if desk else "/"
    agent = f"{recording.AGENT}/{VERSION} (+{settings.SITE_URL}{path}; keeps pages that it cites)"
    return Bounds(
        seconds=SECONDS,
        size=recording.LARGEST,
        ports=frozenset(settings.FETCH_PORTS),
        allowed=frozenset(settings.FETCH_ALLOWED),
        headers={"User-Agent": agent, "Accept": "*/*"},
    )


def _name(page: Answer) -> str:
    """What the file is called: by its address, or by what it is."""
    name = PurePosixPath(unquote(urlsplit(page.address).path)).name
    plain = "".join(c for c in name if c.isprintable())[:100]
    return plain or "page"
