"""What was sent on an earlier look at a text, which a browser keeps no copy of."""

from __future__ import annotations

import uuid

from annotations import exchange
from annotations.models import Desk, Incoming
from annotations.views.http import Request


def received_before(request: Request, desk: Desk, key: uuid.UUID) -> Incoming:
    """What the person sent on an earlier look, which a browser keeps no copy of. Raises BadText."""
    mine = Incoming.objects.visible_to(request.user).filter(desk=desk, uuid=key)
    found = mine.select_related("desk").first()
    if found is None:
        raise exchange.BadText(
            "gone", "The file is not kept any more. Choose it again, or fetch the page again."
        )
    return found
