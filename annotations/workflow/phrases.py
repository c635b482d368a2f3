"""Words that a desk uses again: kept, changed and removed by whoever decides verdicts there."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Desk, Phrase, User
from annotations.rights import Right

from .core import Refused, Stale, lock_desk, one_transaction, require

MOST = 100
"""Of a desk: what can be looked over while one writes."""


@one_transaction
def keep_phrase(
    desk: Desk,
    name: str,
    body: str,
    *,
    actor: User,
    phrase: Phrase | None = None,
    based_on: int = 0,
) -> Phrase:
    """Keep new words, or change those of `phrase` as it was at the version `based_on`.

    Raises PermissionDenied; Refused where the name is taken, or there are MOST; Stale where
    somebody changed or removed them meanwhile.
    """
    desk = lock_desk(desk)
    require(actor, Right.DECIDE, desk)
    own = Phrase.objects.filter(desk=desk)
    row = _as_now(phrase, based_on) if phrase else Phrase(desk=desk, version=0)
    if own.filter(name=name).exclude(pk=row.pk).exists():
        raise Refused(_("There are words by the name “%(name)s” already.") % {"name": name})
    if phrase is None and own.count() >= MOST:
        raise Refused(
            _("The desk keeps %(most)d of these, as many as there can be. Remove one first.")
            % {"most": MOST}
        )
    row.name, row.body = name, body
    row.version += 1
    row.written_by, row.written_at = actor, timezone.now()
    row.save()
    return row


def _as_now(phrase: Phrase, based_on: int) -> Phrase:
    row = Phrase.objects.select_related("written_by").filter(pk=phrase.pk).first()
    if row is None:
        raise Stale(_("These words were removed meanwhile."))
    if row.version != based_on:
        raise Stale(current=row)
    return row


@one_transaction
def remove_phrase(phrase: Phrase, *, actor: User) -> None:
    """Keep it no longer; what was written with it stays. Raises PermissionDenied."""
    require(actor, Right.DECIDE, lock_desk(phrase.desk))
    Phrase.objects.filter(pk=phrase.pk).delete()
