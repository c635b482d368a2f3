"""Long lists of a desk to take away as files, sent as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.http import StreamingHttpResponse
from django.utils import timezone

from annotations.formats import jsonlines
from annotations.models import Desk

LINES_AT_ONCE = 500
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": jsonlines.MEDIA_TYPE}


def as_file(desk: Desk, name: str, kind: str, lines: Iterator[str]) -> StreamingHttpResponse:
    """An answer of these lines; `kind` is one of MEDIA_TYPES, and the file's ending."""
    answer = StreamingHttpResponse(_in_pieces(lines), content_type=MEDIA_TYPES[kind])
    sample = "sample-" if desk.is_sample else ""
    file = f"{sample}{name}-{desk.slug}-{timezone.localdate()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def _in_pieces(lines: Iterator[str]) -> Iterator[str]:
    """Some hundred lines at a time: what is sent to the reader one by one is sent slowly."""
    while piece := "".join(islice(lines, LINES_AT_ONCE)):
        yield piece
