"""What a saved copy says, in the characters that its server meant.

Whatever looks for words in a copy reads it here. Which character set the server declared is not
kept beside the copy: its WARC file says so, for all that was ever saved (decision 0109).
"""

from __future__ import annotations

import re

from annotations import blobs
from annotations.capture import brought, recording
from annotations.capture.recording import Read
from annotations.formats import rendering
from annotations.formats.rendering import Rendered
from annotations.models import Snapshot
from annotations.vocabulary import CaptureState


def words_of(copy: Snapshot) -> Rendered | None:
    """The words of a copy; None where it has none that can be read.

    Of a web archive that a person brought they are those of the page in it. Raises blobs.Missing,
    Away; killable.TooBusy.
    """
    data = b"".join(copy.pieces())
    if found := archived(copy, data):
        page = found[0]
        return rendering.render(_lightened(page.data), page.media_type, page.charset)
    charset = charset_of(copy) if rendering.has_charset(copy.media_type) else ""
    return rendering.render(_lightened(data), copy.media_type, charset)


def archived(copy: Snapshot, data: bytes, *, with_parts: bool = False) -> list[Read]:
    """The page in a web archive that somebody brought, `data`, and what it embeds; else nothing.

    Raises killable.TooBusy.
    """
    if not brought.is_archive(data):
        return []
    return brought.read(data, copy.source.url, with_parts=with_parts)


_EMBEDDED = re.compile(rb"data:[\w/+.;=-]{1,100},[^\"'\s()<>]{200,}")


def _lightened(data: bytes) -> bytes:
    """A page without the pictures and fonts that stand in it, if it is too large with them.

    Whoever saves a page as one file has them before its words.
    """
    return _EMBEDDED.sub(b"data:,", data) if len(data) > rendering.MOST else data


def warc_of(copy: Snapshot) -> str:
    """The SHA-256 of the WARC file of its latest fetching; empty where a person brought it."""
    rows = copy.captures.filter(state=CaptureState.SAVED).exclude(warc="")
    return rows.order_by("-finished_at", "-pk").values_list("warc", flat=True).first() or ""


def charset_of(copy: Snapshot) -> str:
    """What its server declared; empty where it declared none or nobody knows. Raises blobs.Away."""
    warc = warc_of(copy)
    try:
        return recording.declared(blobs.read(warc)) if warc else ""
    except (blobs.Missing, blobs.Altered):
        return ""
