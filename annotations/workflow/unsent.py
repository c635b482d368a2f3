"""What people typed into forms and have not sent: kept for them alone, and no line of the log."""

from __future__ import annotations

import re
import uuid

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Desk, Receipt, UnsentForm, User
from annotations.rights import Right

from .core import Closed, Refused, Stale, one_transaction, require

UNSENT_AT_MOST = 1024 * 1024
"""Characters of one form that are kept."""
NAMES_AT_MOST = 1_000
"""Fields of one form that are kept: a row of a list may be several."""
FORMS_AT_MOST = 200
"""Forms that are kept for one person at one desk; each lapses by itself (models.UNSENT_KEPT)."""

Fields = list[tuple[str, str]]
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")


def as_kept(words: str) -> str:
    """Without what no text of PostgreSQL holds: the character 0, and half a pair of UTF-16."""
    return _UNKEPT.sub("", words)


@one_transaction
def keep_unsent(
    desk: Desk,
    form: str,
    fields: Fields,
    *,
    actor: User,
    based_on: int,
    key: uuid.UUID | None = None,
) -> UnsentForm:
    """Keep what the person has typed so far, based on the version they saw (0: none).

    A repeated save has one effect. Raises PermissionDenied; Stale, with what stands there, when
    another window of theirs saved meanwhile; Closed when the form was sent; Refused when it is too
    much.
    """
    require(actor, Right.READ, desk)
    _require_little(form, fields)
    if key is not None and Receipt.objects.filter(person=actor, key=key).exists():
        raise Closed(_("This form was sent already. Open it again."))
    form, given = as_kept(form), [[as_kept(name), as_kept(value)] for name, value in fields]
    begun = {"fields": given, "version": based_on + 1, "key": key}
    own = UnsentForm.objects.select_for_update(no_key=True).filter(person=actor, desk=desk)
    row = own.filter(form=form).first()
    if row is None:
        if own.count() >= FORMS_AT_MOST:
            raise Refused(_("Too many forms of yours wait to be sent. Send or clear some."))
        row, is_new = UnsentForm.objects.get_or_create(
            person=actor, desk=desk, form=form, defaults=begun
        )
        if is_new:
            return row
    return _save_again(row, begun, based_on)


def _save_again(row: UnsentForm, begun: dict[str, object], based_on: int) -> UnsentForm:
    if row.fields == begun["fields"]:
        return row  # sent twice, or typed alike in two windows
    if row.version != based_on:
        raise Stale(_("You typed into this form in another window."), current=row)
    for name, value in begun.items():
        setattr(row, name, value)
    row.saved_at = timezone.now()
    row.save(update_fields=[*begun, "saved_at"])
    return row


def _require_little(form: str, fields: Fields) -> None:
    size = sum(len(name) + len(value) for name, value in fields)
    too_much = size > UNSENT_AT_MOST or len(fields) > NAMES_AT_MOST
    if too_much or not 0 < len(form) <= 300:
        raise Refused(_("This is too much to be kept here until you send it."))


@one_transaction
def drop_unsent(
    form: str, *, actor: User, version: int, desk: Desk | None = None, key: uuid.UUID | None = None
) -> None:
    """Let go of what was typed, as far as the person has seen it: it was sent, or given up.

    What another window of theirs has saved since stays. `key` is what the form was sent under.
    """
    own = UnsentForm.objects.filter(person=actor, form=as_kept(form))
    if desk is not None:
        own = own.filter(desk=desk)
    seen = Q(version=version) | Q(key=key) if key is not None else Q(version=version)
    own.filter(seen).delete()
