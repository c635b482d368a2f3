"""Earlier checks by others come to the desk. They are theirs, so nothing else moves by them."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.models import Desk, EarlierCheck, User
from annotations.rights import Right
from annotations.vocabulary import MoveName

from .core import log, one_transaction, require

SAID = (
    *("sha256", "claim", "publisher", "publisher_url", "claimant", "rating", "numbers", "url"),
    *("title", "published_on", "said_on", "language", "appearances", "evidence", "warned"),
    *("file", "pointer"),
)
"""What a later file may say otherwise of a check that is there."""
_AT_ONCE = 1_000


@one_transaction
def keep_earlier_checks(
    desk: Desk,
    new: Sequence[EarlierCheck],
    changed: Sequence[EarlierCheck],
    *,
    actor: User,
    file: str,
) -> None:
    """Keep checks that are new, and what others say anew of theirs: all of them or none.

    Raises PermissionDenied.
    """
    require(actor, Right.IMPORT, desk)
    if not new and not changed:
        return
    EarlierCheck.objects.bulk_create(new, batch_size=_AT_ONCE)
    EarlierCheck.objects.bulk_update(changed, SAID, batch_size=_AT_ONCE)
    detail = {"new": len(new), "changed": len(changed), "file": file}
    log(desk, MoveName.IMPORT_CHECKS, actor, detail=detail)
