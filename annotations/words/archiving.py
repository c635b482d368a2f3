"""What other services said of pages that they were to save, as theirs to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.listing import labelled, listed_apart
from annotations.models import ArchiveRequest
from annotations.vocabulary import ArchiveState

from .imports import not_saved

_PROBLEMS = {
    "busy": gettext_lazy("It is busy (%(status)s)."),
    "keys": gettext_lazy("It does not know this site’s keys (%(status)s)."),
    "answer": gettext_lazy("It answered %(status)s."),
    "led_on": gettext_lazy("It leads to another address (%(status)s), which is not followed."),
    "junk": gettext_lazy("Its answer could not be read."),
    "elsewhere": gettext_lazy("It would be asked after at another host, which is not done."),
    "no_answer": gettext_lazy("It has said nothing more."),
    "said": gettext_lazy("It says why not."),
}
_STATES = {
    ArchiveState.WAITING: gettext_lazy("The address is to be sent there."),
    ArchiveState.ASKED: gettext_lazy("The address was sent there. It is at work on it."),
    ArchiveState.ANSWERED: gettext_lazy("It took the address, and does not say where its copy is."),
    ArchiveState.FAILED: gettext_lazy("It did not save it."),
}


def in_words(requests: Iterable[ArchiveRequest]) -> list[dict[str, Any]]:
    """Each request as a page tells it: by whom, what became of it, and the service's own words."""
    return [
        {
            "service": row.get_service_display(),
            "url": row.archived_url,
            "at": row.archived_at,
            "words": "" if row.archived_url else str(_STATES[ArchiveState(row.state)]),
            "why": _why(row),
            "quote": str(row.about_problem.get("said", "")) if row.problem else "",
            "answers": [(each.at, each.status, _fields(each.said)) for each in _told(row)],
        }
        for row in requests
    ]


def _told(row: ArchiveRequest) -> list[Any]:
    """Its answers, as `queries.archiving` has them beside it."""
    return list(getattr(row, "told", ()))


def _why(row: ArchiveRequest) -> str:
    words = _PROBLEMS.get(row.problem)
    if words is None:
        return not_saved(row.problem, row.about_problem) if row.problem else ""
    about = {"status": ""} | row.about_problem
    said: str = str(words) % about
    return said


def _fields(said: dict[str, Any]) -> str:
    """What it answered, as it stands there: a name and a value each."""
    if not said:
        return _("nothing more")
    return listed_apart(labelled(name, value) for name, value in said.items())
