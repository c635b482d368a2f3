"""What was recorded with a saved page: the pictures and styles that it needs to be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from annotations import blobs
from annotations.capture import brought, fetch, recording
from annotations.capture.fetch import Unfetchable
from annotations.capture.recording import Read
from annotations.formats import looks
from annotations.formats.looks import Look, Saved
from annotations.models import Snapshot
from annotations.saved import archived, warc_of

HEAD = 1024
"""Bytes of a file by which it is told whether it may be a page at all."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture or style that is not in the deposit, and why (`capture.fetch.Unfetchable`)."""

    address: str
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A saved page with what it embeds, as its WARC file has them."""

    page: Read
    saved: dict[str, Saved]
    count: int | None
    """Of what is in the deposit beside the page, each once however it was led to.

    None of a page that somebody saved as one file: what it embeds stands in it.
    """
    missing: list[Missing]

    def look(self) -> Look | None:
        return looks.look(self.page.data, self.page.address, self.saved, self.page.charset)


def recorded(copy: Snapshot) -> Recorded | None:
    """The recording of a whole copy that its reader may see; None where there is none.

    Of a page that somebody brought it is the file itself, whatever was saved in it.
    """
    warc = warc_of(copy)
    if not warc:
        return _brought(copy)
    if not looks.is_page(b"", copy.media_type):
        return None
    try:
        answers, missed = recording.read(blobs.read(warc))
    except (blobs.Missing, blobs.Altered):
        return None
    page = next((each for each in answers if _is(each, copy)), None)
    return _recorded(page, answers, missed) if page is not None else None


def _brought(copy: Snapshot) -> Recorded | None:
    """Of a web archive, or of a page that is one file."""
    head = b"".join(copy.part(0, HEAD))
    if not (brought.begins(head) or looks.is_page(head, copy.media_type)):
        return None
    data = b"".join(copy.pieces())
    if answers := archived(copy, data, with_parts=True):
        page = answers[0]
        is_shown = looks.is_page(page.data, page.media_type)
        return _recorded(page, answers, []) if is_shown else None
    if not looks.is_page(data, copy.media_type):
        return None
    page = Read(copy.source.url, 200, copy.media_type, "", data)
    return replace(_recorded(page, [], []), count=None)


def _recorded(page: Read, answers: list[Read], missed: list[dict[str, Any]]) -> Recorded:
    saved = _by_address([each for each in answers if each is not page])
    told = {each["address"]: Missing(**each) for each in missed}
    needed = looks.needs(page.data, page.address, page.charset)
    lacking = [part.address for part in needed if part.address not in saved]
    missing = [told.pop(each, Missing(each)) for each in lacking]
    parts = [each for each in answers if each is not page and each.status in (200, 203)]
    return Recorded(page, saved, len(parts), [*missing, *told.values()])


def _is(answer: Read, copy: Snapshot) -> bool:
    return answer.status < 300 and sha256(answer.data).hexdigest() == copy.sha256


def _by_address(answers: list[Read]) -> dict[str, Saved]:
    """Each part by every address that led to it."""
    by_address = {each.address: each for each in answers}
    found = {}
    for address, first in by_address.items():
        last: Read | None = first
        for _hop in range(fetch.MOST_REDIRECTS):
            if last is None or last.status not in (301, 302, 303, 307, 308):
                break
            last = by_address.get(_led_to(last))
        if last is not None and last.status in (200, 203):
            found[address] = Saved(last.media_type, last.data, last.charset)
    return found


def _led_to(answer: Read) -> str:
    """Where it leads; empty for no address, as in an archive that somebody brought."""
    try:
        leads = fetch.led_to(fetch.checked(answer.address), answer.location)
    except Unfetchable:
        return ""
    return leads.partition("#")[0]
