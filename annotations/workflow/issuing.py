"""Giving readers an edition, and telling the pages that name it in another language."""

from __future__ import annotations

import datetime as dt

from annotations.editions import issue as writer
from annotations.models import Edition, Revision, User, Verdict

from .translating import Row, is_public, tell


def issue(
    row: Row,
    make: writer.Make,
    *,
    actor: User,
    at: dt.datetime,
    revision: Revision | None = None,
    verdict: Verdict | None = None,
) -> Edition:
    """The next edition of a locked article or claim (`editions.issue`).

    Where it begins or ends to be public, the pages of its translations are told.
    """
    was_public = is_public(row)
    edition = writer.issue(row, make, actor=actor, at=at, revision=revision, verdict=verdict)
    if is_public(row) != was_public:
        tell(row, actor)
    return edition
