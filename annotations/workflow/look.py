"""What a desk's pages look like: its colour and its logo, by a move that the log tells of."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from annotations import blobs
from annotations.formats.logo import Drawn
from annotations.formats.look import is_colour
from annotations.models import LOOK_FIELDS, Desk, User
from annotations.rights import Right
from annotations.vocabulary import MoveName

from .core import Refused, Stale, lock_desk, log, one_transaction, require, require_reason

logger = logging.getLogger(__name__)

TOLD = ("colour", "logo_file")
"""The fields that the log tells of: the rest follows from them."""


@dataclass(frozen=True, slots=True)
class NewLook:
    """What the desk shall look like. The logo stays as it is, unless there is one or it goes."""

    colour: str
    """`#rrggbb` in small letters; empty: the site's own look."""
    logo: Drawn | None = None
    without_logo: bool = False


def look_basis(desk: Desk) -> str:
    """Names the look of the desk as it is: a changed one has another name."""
    return sha256(repr([getattr(desk, name) for name in LOOK_FIELDS]).encode()).hexdigest()[:16]


@one_transaction
def change_look(
    desk: Desk, look: NewLook, *, actor: User, reason: str, based_on: str | None = None
) -> Desk:
    """Change the colour and the logo, for every page that is made from now on.

    `based_on` is what `look_basis` named when the person was shown the look, if it is known.
    Raises PermissionDenied; Refused without a reason or a difference, or where there is no room for
    the pictures; Stale when the look changed since.
    """
    desk = lock_desk(desk)
    require(actor, Right.MANAGE, desk)
    if based_on is not None and based_on != look_basis(desk):
        raise Stale(_("Somebody changed the look meanwhile. See it above; yours is below."))
    if look.colour and not is_colour(look.colour):
        raise Refused(_("A colour is written as #0b4a9e."))
    before = {name: getattr(desk, name) for name in TOLD}
    desk.colour = look.colour
    if look.logo is not None:
        _take(desk, look.logo)
    elif look.without_logo:
        _take(desk, None)
    fields = {
        name: [was, now] for name, was in before.items() if was != (now := getattr(desk, name))
    }
    if not fields:
        raise Refused(_("Nothing is different."))
    require_reason(reason)
    desk.save(update_fields=[*LOOK_FIELDS[1:]])
    log(desk, MoveName.CHANGE_RULES, actor, reason=reason, detail={"fields": fields})
    return desk


def _take(desk: Desk, logo: Drawn | None) -> None:
    """Let the desk name these pictures, which are kept before its row does; or none."""
    if logo is None:
        desk.logo_file = desk.icon_file = desk.touch_icon_file = ""
        desk.logo_width = desk.logo_height = 0
        return
    desk.logo_file, desk.icon_file, desk.touch_icon_file = map(
        _kept, (logo.logo, logo.icon, logo.touch_icon)
    )
    desk.logo_width, desk.logo_height = logo.width, logo.height


def _kept(picture: bytes) -> str:
    """The SHA-256 under which it is kept. Raises Refused where it cannot be kept."""
    try:
        return blobs.keep(picture).sha256
    except OSError as error:
        logger.exception("A logo was not kept")
        raise Refused(blobs.unkept(error)) from None
