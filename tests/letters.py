"""What waits in the outbox, as its readers will get it."""

from __future__ import annotations

import re

from annotations.models import Letter


def newest(to: str) -> str:
    """The body of the newest letter to the address that is not sent yet."""
    return Letter.objects.open().filter(to=to).latest("pk").body


def path_in(body: str, beginning: str) -> str:
    """The path of the link in it that begins so."""
    found = re.search(rf"https?://[^/\s]+({beginning}\S+)", body)
    assert found, body
    return found[1]
