"""All saved copies, for whoever keeps the server: their hashes, and nothing of what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from annotations.models import Capture, Desk, ReplyRequest, Snapshot


def kept_bytes() -> Iterator[str]:
    """The SHA-256 of all bytes that rows name, each once.

    Copies, WARC files, answers, and the logos of desks.
    """
    copies = Snapshot.objects.filter(data__isnull=True).order_by().values_list("sha256")
    files = Capture.objects.exclude(warc="").order_by().values_list("warc")
    answers = ReplyRequest.objects.exclude(attachment="").order_by().values_list("attachment")
    named = [files, answers, *_pictures()]
    for (digest,) in copies.union(*named).order_by("sha256").iterator():
        yield digest


def _pictures() -> Iterator[QuerySet[Any, Any]]:
    """What desks show of themselves."""
    for name in ("logo_file", "icon_file", "touch_icon_file"):
        yield Desk.objects.exclude(**{name: ""}).order_by().values_list(name)


def in_rows() -> Iterator[tuple[str, int, bool]]:
    """The copies whose bytes are still in their rows: hash, bytes, whether they fit each other."""
    rows = Snapshot.objects.filter(data__isnull=False).order_by("pk")
    for key in rows.values_list("pk", flat=True):
        copy = rows.get(pk=key)
        data = bytes(copy.data or b"")
        yield copy.sha256, len(data), sha256(data).hexdigest() == copy.sha256
