"""Cited pages of published checks are looked at again: one at a time, in no transaction."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from annotations import blobs
from annotations.capture import looking, recording
from annotations.capture.fetch import Unfetchable
from annotations.capture.looking import Look
from annotations.capture.recording import Answer
from annotations.formats import looks, rendering, retractions
from annotations.killable import TooBusy
from annotations.models import Citation, Snapshot, Watch
from annotations.saved import words_of
from annotations.text import passages
from annotations.text.documents import of_address
from annotations.text.passages import Match, Place
from annotations.vocabulary import ClaimStatus
from annotations.workflow import watching

from .captures import bounds

logger = logging.getLogger(__name__)

GONE = (404, 410)
BESIDE = 200
"""Characters of a line that are shown on either side of the words most like a passage."""
LONGEST_SHOWN = 2_500
"""Characters of what stands in the place of a passage that are kept."""


def begin(at: dt.datetime) -> None:
    """Begin to watch what was published since, where pages are watched at all."""
    if settings.WATCH_SOURCES:
        while watching.begin(at) == watching.AT_ONCE:
            pass


def look_next() -> bool:
    """Look at the page whose turn has been longest; returns whether there was one."""
    if not settings.WATCH_SOURCES:
        return False
    watch = watching.claim(timezone.now())
    if watch is None:
        return False
    try:
        cited = _quoting(watch)
        _settle(watch, _look(watch, cited), cited)
    except Unfetchable as problem:
        _could_not(watch, problem)
    except (blobs.Away, TooBusy):  # nobody can tell what stood in the copy there: another time
        logger.exception("What a page said before could not be read")
        watching.failed(watch, "no_store", timezone.now(), dt.timedelta())
    return True


def _look(watch: Watch, cited: list[Citation]) -> Look:
    """Ask for it; not whether it is the same, where words are quoted that were not seen there.

    That they do not stand there may have been our reading of it, which gets better (decision 0109).
    """
    allowed = bounds(watch.source.desk)
    if not all(watch.stood.get(str(row.uuid)) for row in cited):
        return looking.look(watch.address, allowed)
    return looking.look(watch.address, allowed, etag=watch.etag, last_modified=watch.last_modified)


def _could_not(watch: Watch, problem: Unfetchable) -> None:
    """A host without an address is gone as a page is; all else may go better another time."""
    now = timezone.now()
    if problem.code == "not_found":
        watching.missed(watch, 0, now)
    else:
        watching.failed(watch, problem.code, now, looking.retry_after(problem.retry_after, now))


def _settle(watch: Watch, found: Look, cited: list[Citation]) -> None:
    """Say what was seen."""
    now, answer = timezone.now(), found.answer
    if answer.status in GONE:
        watching.missed(watch, answer.status, now)
        return
    moved_to = _moved_to(watch, found)
    if found.is_same:
        watching.seen(watch, now, moved_to=moved_to)
        return
    try:
        recording.require_success(answer)
    except Unfetchable as problem:
        _could_not(watch, problem)
        return
    digest = sha256(answer.data).hexdigest()
    compared = compare(watch, found, cited)
    notice = _notice(answer)
    watching.seen(
        watch,
        now,
        validators=found.validators,
        sha256=digest,
        moved_to=moved_to,
        stood=compared.stood,
        changed=compared.changed,
        notice=notice,
    )


def _notice(answer: Answer) -> str:
    """The words by which the page says of itself that it was retracted."""
    if not looks.is_page(answer.data, answer.media_type):
        return ""
    return retractions.notice_in(answer.data, answer.charset)


def _moved_to(watch: Watch, found: Look) -> str:
    """Where it leads for good, if that is another document's address; else nothing."""
    to = found.answer.address
    return to if found.is_moved and of_address(to) != of_address(watch.address) else ""


@dataclass(slots=True)
class Compared:
    """Whether each passage stands there, by citation; those that do no more, by claim."""

    stood: dict[str, bool] = field(default_factory=dict)
    changed: dict[int, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))


def compare(watch: Watch, found: Look, cited: list[Citation]) -> Compared:
    """Look for what published verdicts quote of the page.

    A passage has changed if it stood there when it was last looked for, or in the newest copy
    where it was never looked for before. Nothing is said of a page that has no words.
    """
    compared = Compared()
    answer = found.answer
    page = rendering.render(answer.data, answer.media_type, answer.charset) if cited else None
    if page is None:
        return compared
    text = page.text
    for row in cited:
        assert row.verdict is not None
        key, place = str(row.uuid), passages.find(row.passage, text)
        compared.stood[key] = place.match == Match.FOUND
        if not compared.stood[key] and _stood(watch, key, row.passage):
            now = _line(text, place) if place.match == Match.DIFFERS else ""
            said = {"before": row.passage, "now": now}
            compared.changed[row.verdict.claim_id].append(said)
    return compared


def _line(text: str, place: Place) -> str:
    """The words that are most like a passage, with the rest of their line: they may begin in the
    middle of a word, and what came in may stand before it."""
    start = max(text.rfind("\n", 0, place.start) + 1, place.start - BESIDE)
    end = text.find("\n", place.end)
    end = min(end if end >= 0 else len(text), place.end + BESIDE)
    return " ".join(text[start:end][:LONGEST_SHOWN].split())


def _quoting(watch: Watch) -> list[Citation]:
    """The citations of the verdicts that readers have which quote the page."""
    rows = Citation.objects.filter(
        source=watch.source_id,
        verdict__claim__status=ClaimStatus.PUBLISHED,
        verdict=F("verdict__claim__verdict"),
    )
    return list(rows.exclude(passage="").select_related("verdict").order_by("pk"))


def _stood(watch: Watch, key: str, passage: str) -> bool:
    """Whether the passage stood there before. Raises blobs.Away where nobody can tell."""
    if key in watch.stood:
        return bool(watch.stood[key])
    copy = Snapshot.objects.filter(source=watch.source_id).order_by("-taken_at").first()
    if copy is None:
        return False
    try:
        page = words_of(copy)
    except blobs.Away:
        raise
    except (blobs.Missing, OSError):
        return False
    return page is not None and passages.find(passage, page.text).match == Match.FOUND
