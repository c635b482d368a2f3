"""Which panel an address asks for, as far as the person may have it."""

from __future__ import annotations

from annotations.queries import discussion
from annotations.queries.access import may
from annotations.queries.workbench import Workbench
from annotations.rights import Right
from annotations.views.http import Request
from annotations.vocabulary import ClaimStatus

from .check_panels import check_panel, citation_panel
from .panels import (
    Panel,
    Urls,
    claim_panel,
    edit_panel,
    marking_panel,
    number_in,
    sentence_panel,
)
from .tabs import discussion_panel, history_panel, removed_panel


def panel_for(request: Request, bench: Workbench) -> Panel:
    """What the panel shows: new words to mark, a claim, a sentence, or nothing yet."""
    asked = request.GET
    marking = may(bench.article, Right.MARK)
    if "start" in asked and "end" in asked and marking:
        return marking_panel(bench, asked)
    if entry := bench.entry(number_in(asked.get("claim"))):
        if asked.get("tab") == "history":
            return history_panel(request, bench, entry)
        if asked.get("tab") == "discussion" and discussion.is_shown(entry, request.user):
            return discussion_panel(request, bench, entry)
        if entry.is_open_to_me or (
            entry.check is not None and entry.claim.status == ClaimStatus.CHECKING
        ):
            if "cite" in asked and entry.is_open_to_me:
                return citation_panel(request, bench, entry, asked["cite"])
            return check_panel(request, bench, entry)
        if "edit" in asked and marking and not entry.claim.wording_is_frozen:
            return edit_panel(bench, entry)
        return claim_panel(request, bench, entry)
    if "removed" in asked and marking:
        return removed_panel(bench)
    if sentence := bench.sentence(asked.get("sentence", "")):
        return sentence_panel(bench, sentence)
    first = next((entry for entry in bench.entries if entry.is_open_to_me), None)
    if first is not None:
        return check_panel(request, bench, first)
    mark_url = Urls(bench).plain if marking else ""
    return {"panel": "article/panel_empty.html", "mark_url": mark_url}
