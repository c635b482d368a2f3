"""A part of a file, as players ask for it. Source: RFC 9110, 14 (range requests)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from annotations.views.http import AnyRequest

AT_ONCE = 2 * 1024 * 1024
"""Bytes that one answer to a range holds: a player that is paused would hold a worker, and asks
for the next by itself."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

Pieces = Callable[[int, int], Iterator[bytes]]
"""The bytes from the first to before the second."""


def ranged(
    request: AnyRequest, size: int, pieces: Pieces, media_type: str, tag: str
) -> HttpResponseBase:
    """The file, or the part of it that is asked for; `tag` names its bytes (for ETag)."""
    etag = f'"{tag}"'
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    is_meant = request.headers.get("If-Range", etag) == etag
    part = _part(found[1], found[2], size) if found and is_meant else (0, size)
    answer: HttpResponseBase
    if part is None:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    start, end = part
    answer = StreamingHttpResponse(pieces(start, end), content_type=media_type)
    if found and is_meant:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    answer["Content-Length"] = str(end - start)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = etag
    return answer


def _part(first: str, last: str, size: int) -> tuple[int, int] | None:
    """From which byte to before which, `AT_ONCE` at most; None where there is no such part.

    Without `first` they are the last bytes of the file.
    """
    if not first:
        start, end = max(size - int(last or 0), 0), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    if start >= end:
        return None
    return start, min(end, start + AT_ONCE)
