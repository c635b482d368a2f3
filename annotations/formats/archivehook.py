"""A desk's own archive, told of a page by a webhook, and asked after it at the address it gives.

Sources: Standard Webhooks (headers webhook-id, -timestamp and -signature, `v1` by HMAC-SHA256).
docs/evidence.md says what is sent, and what may be answered.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from .archiving import Heard, Message, as_json, parsed, without_success, words

EVENT = "page.save"
_LONGEST_JOB, _LONGEST_PAGE = 500, 2500


def key_of(secret: str, desk: UUID) -> bytes:
    """The key by which messages to one desk's archive are signed: no desk's is another's."""
    return hmac.digest(secret.encode(), b"archiver:" + desk.bytes, "sha256")


def shown(key: bytes) -> str:
    """The key as whoever runs the archive sets it."""
    return "whsec_" + base64.b64encode(key).decode()


def telling(hook: str, page: str, name: UUID, key: bytes, at: dt.datetime) -> Message:
    """Tell it of a page. `name` is the same each time that it is told of this one."""
    about = {"id": str(name), "url": page}
    posted = as_json({"type": EVENT, "timestamp": _iso(at), "data": about})
    headers = _signed(str(name), posted, key, at) | {"Content-Type": "application/json"}
    return Message(hook, headers, posted)


def asking_after(job: str, name: UUID, key: bytes, at: dt.datetime) -> Message:
    """Ask what became of it."""
    return Message(job, _signed(str(name), b"", key, at))


def _signed(name: str, posted: bytes, key: bytes, at: dt.datetime) -> dict[str, str]:
    moment = str(int(at.timestamp()))
    signature = hmac.new(key, f"{name}.{moment}.".encode() + posted, sha256).digest()
    return {
        "Accept": "application/json",
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(signature).decode(),
    }


def _iso(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def heard(status: int, data: bytes, hook: str) -> Heard:
    """What it says of a page that it was told of, or of its job."""
    said = parsed(data)
    if not 200 <= status < 300:
        return without_success(status, words(said or {}, "error", "message"))
    if not data.strip():
        return Heard("answered")  # it took it, and says no more
    if said is None:
        return Heard("later", problem="junk")
    if (outcome := words(said, "status")) == "failed":
        return Heard(
            "failed", problem="said", about={"said": words(said, "error", "message")[:500]}
        )
    if outcome == "pending":
        return _pending(words(said, "job"), hook)
    return Heard("answered", archived_url=_page(said), archived_at=_moment(words(said, "at")))


def _pending(job: str, hook: str) -> Heard:
    """Work that goes on: asked after below the address that was told, and nowhere else."""
    if not job:
        return Heard("asked")
    try:
        is_ours = urlsplit(job)[:2] == urlsplit(hook)[:2]
    except ValueError:
        is_ours = False
    if not is_ours or len(job) > _LONGEST_JOB:
        return Heard("failed", problem="elsewhere")
    return Heard("asked", job=job)


def _page(said: dict[str, Any]) -> str:
    """The web address of its copy, if it says one."""
    address = words(said, "archived_url")
    is_page = address.startswith(("http://", "https://")) and len(address) <= _LONGEST_PAGE
    return address if is_page and "@" not in urlsplit(address).netloc else ""


def _moment(text: str) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(dt.UTC) if at.tzinfo else at.replace(tzinfo=dt.UTC)
