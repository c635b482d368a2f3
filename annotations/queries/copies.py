"""All bytes that are kept for good, for whoever keeps the server: their hashes alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from annotations.models import Capture, Desk, Original, ReplyRequest, Snapshot


def kept_bytes() -> Iterator[str]:
    """The SHA-256 of all bytes that rows name, each once.

    Copies, what texts were made from, WARC files, answers, and the logos of desks.
    """
    copies = Snapshot.objects.filter(data__isnull=True).order_by().values_list("sha256")
    originals = Original.objects.filter(data__isnull=True).order_by().values_list("sha256")
    files = Capture.objects.exclude(warc="").order_by().values_list("warc")
    answers = ReplyRequest.objects.exclude(attachment="").order_by().values_list("attachment")
    named = [originals, files, answers, *_pictures()]
    for (digest,) in copies.union(*named).order_by("sha256").iterator():
        yield digest


def _pictures() -> Iterator[QuerySet[Any, Any]]:
    """What desks show of themselves."""
    for name in ("logo_file", "icon_file", "touch_icon_file"):
        yield Desk.objects.exclude(**{name: ""}).order_by().values_list(name)


def in_rows() -> Iterator[tuple[str, int, bool]]:
    """What is still in rows, of copies and originals: hash, bytes, whether they fit each other."""
    for model in (Snapshot, Original):
        rows = model._base_manager.filter(data__isnull=False).order_by("pk")
        for key in rows.values_list("pk", flat=True):
            row = rows.get(pk=key)
            yield row.sha256, len(row.data or b""), row.is_whole()
