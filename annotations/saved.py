"""What a saved copy says, in the characters that its server meant.

Whatever looks for words in a copy reads it here. Which character set the server declared is not
kept beside the copy: its WARC file says so, for all that was ever saved (decision 0109).
"""

from __future__ import annotations

from annotations import blobs
from annotations.capture import recording
from annotations.formats import rendering
from annotations.formats.rendering import Rendered
from annotations.models import Snapshot
from annotations.vocabulary import CaptureState


def words_of(copy: Snapshot) -> Rendered | None:
    """The words of a copy; None where it has none that can be read.

    Raises blobs.Missing, Away.
    """
    charset = charset_of(copy) if rendering.has_charset(copy.media_type) else ""
    return rendering.render(b"".join(copy.pieces()), copy.media_type, charset)


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
