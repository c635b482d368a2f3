"""How far the worker is with a file, and why it took none of it, in words."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.models import FileImport
from annotations.text.canonical import BadText
from annotations.vocabulary import FileImportState

from .imports import bad_text

LONG_WAIT = dt.timedelta(minutes=15)
"""Longer than the files of somebody else hold a worker up."""

_REFUSED = {
    "gave_up": gettext_lazy(
        "It was begun several times, and broke off each time. Tell whoever keeps the server."
    ),
    "no_right": gettext_lazy("You may not import at this desk any more."),
    "bad_rows": gettext_lazy("Some of its rows are wrong."),
}


def how_far(row: FileImport) -> str:
    """In a sentence: what is done of how much, or how it ended."""
    counts = {"done": row.done, "total": row.total or 0}
    if row.state == FileImportState.WAITING:
        if row.total is not None:
            return _("%(done)d of %(total)d rows are in.") % counts
        if row.claimed_until is not None:
            return _("It is being read.")
        if row.at < timezone.now() - LONG_WAIT:
            return _("It still waits. Ask whoever keeps the server whether the worker runs.")
        return _("It waits for its turn.")
    if row.state == FileImportState.DONE:
        words = ngettext(
            "Taken in: %(total)d row.", "Taken in: all %(total)d rows.", row.total or 0
        )
        return words % counts
    if row.state == FileImportState.STOPPED:
        if row.done:
            return _("Stopped: %(done)d of %(total)d rows are in, and stay.") % counts
        return _("Stopped before anything came in.")
    if row.done:
        return _("Broken off: %(done)d of %(total)d rows are in, and stay.") % counts
    return _("Nothing of it was taken in.")


def outcome(row: FileImport) -> str:
    """What its rows did to the desk so far; nothing while none is in."""
    if not row.done:
        return ""
    counts = {"new": row.new, "changed": row.changed, "same": row.same}
    return _("%(new)d new, %(changed)d changed, %(same)d were there already.") % counts


def why_refused(row: FileImport) -> str:
    """Why no more of it comes in; empty where it was not refused."""
    if row.state != FileImportState.REFUSED:
        return ""
    if words := _REFUSED.get(row.problem):
        return str(words)
    return bad_text(BadText(row.problem, row.problem, **row.about_problem))
