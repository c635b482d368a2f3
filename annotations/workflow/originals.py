"""What texts were made from: the bytes are kept first, and then the rows that name them."""

from __future__ import annotations

from collections.abc import Iterable

from annotations import blobs
from annotations.models import Original

from .core import Refused


def keep_bytes(originals: Iterable[Original]) -> None:
    """Keep what texts were made from, beside the rows that are to name it.

    Raises Refused where there is no room for it, or nothing answers.
    """
    ours = [row for row in originals if row.data is not None]
    try:
        blobs.keep_each([bytes(row.data) for row in ours if row.data is not None])
    except OSError as error:
        raise Refused(blobs.unkept(error)) from error
    for row in ours:
        row.data = None
