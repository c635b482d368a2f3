"""Each day's root of hashes is made when the day is over, and stamped by authorities."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from cryptography.x509 import Certificate
from django.conf import settings
from django.utils import timezone

from annotations.capture import stamping
from annotations.workflow import proofs

logger = logging.getLogger(__name__)


def make_root(at: dt.datetime) -> None:
    """Make the root of all days that are over by then (UTC)."""
    yesterday = at.astimezone(dt.UTC).date() - dt.timedelta(days=1)
    proofs.make_root(yesterday, settings.TIMESTAMP_AUTHORITIES)


def stamp_next() -> bool:
    """Ask for the stamp that has waited longest; returns whether there was one."""
    stamp = proofs.claim(timezone.now())
    if stamp is None:
        return False
    try:
        root = bytes.fromhex(stamp.root.root)
        found = stamping.ask(stamp.authority, root, certificates())
    except (stamping.Unstamped, OSError, ValueError) as why:  # or no certificates where they were
        logger.warning("%s gave no stamp: %s", stamp.authority, why)
        proofs.not_stamped(stamp, str(why))
    else:
        proofs.stamped(stamp, found.token, found.at)
    return True


def certificates() -> list[Certificate]:
    """Those that stamps are verified against, if any are set. Raises OSError, ValueError."""
    path = settings.TIMESTAMP_CERTIFICATES
    return stamping.certificates_in(Path(path).read_bytes()) if path else []
