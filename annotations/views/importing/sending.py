"""What makes two sends of a form one."""

from __future__ import annotations

import uuid

from annotations.formats.plain import Document


def key_of(key: uuid.UUID | None, document: Document) -> uuid.UUID | None:
    """The idempotency key of saving this text from the form with that key.

    The browser's Back brings the form with its key again; another text from it, or one cut
    otherwise, is another save.
    """
    if key is None:
        return None
    starts = ",".join(f"{row.start}{row.kind.value[0]}" for row in document.sentences)
    return uuid.uuid5(key, f"{document.sha256} {starts}")
