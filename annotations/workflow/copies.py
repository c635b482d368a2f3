"""Saved copies of sources: their bytes are kept first, and then a row that names them."""

from __future__ import annotations

from typing import IO

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from annotations import blobs
from annotations.models import Snapshot, Source, User
from annotations.rights import Right

from .core import one_transaction, require


def keep_copy(
    source: Source,
    data: bytes | IO[bytes],
    *,
    person: User,
    name: str = "",
    media_type: str = "",
) -> Snapshot:
    """Keep a copy of a source as it is now; the same bytes again are the copy there is.

    Raises PermissionDenied for someone who may not see the source, or not annotate at its desk;
    OSError where there is no room for it. Then nothing of it is kept.
    """
    if not Source.objects.visible_to(person).filter(pk=source.pk).exists():
        raise PermissionDenied(_("You may not see this source."))
    require(person, Right.ANNOTATE, source.desk)
    return add_copy(source, blobs.keep(data), person, name, media_type)


@one_transaction
def add_copy(
    source: Source, kept: blobs.Kept, person: User, name: str, media_type: str
) -> Snapshot:
    """The row of a copy whose bytes are kept, found again or made."""
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    copy, _made = Snapshot.objects.get_or_create(
        source=source,
        sha256=kept.sha256,
        defaults={
            "size": kept.size,
            "name": name[:255],
            "media_type": media_type[:100],
            "taken_by": person,
        },
    )
    return copy
