"""The panel's other tabs: what was said of a claim, what was before, what was taken out."""

from __future__ import annotations

from django.urls import reverse

from annotations.forms import CommentForm
from annotations.queries import discussion, past
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import may
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.views.http import Request
from annotations.words.log import moves_in_words
from annotations.workflow import discussion as workflow_discussion

from .check_panels import removed_row
from .panels import Panel, claim_head


def discussion_panel(
    request: Request, bench: Workbench, entry: Entry, form: CommentForm | None = None
) -> Panel:
    """What members said about the claim."""
    article, claim = bench.article, entry.claim
    workflow_discussion.note_read(claim, request.user)
    open_now = discussion.is_open(entry) and may(article, Right.ANNOTATE)
    args = [article.pk, claim.pk]
    asked = request.POST.get("source", "") or request.GET.get("about", "")
    about = discussion.source_of(claim, request.user, asked)
    return claim_head(request, bench, entry, "discussion") | {
        "panel": "article/panel_discussion.html",
        "threads": [
            {"thread": each, "url": reverse("settle_comment", args=[*args, each.comment.uuid])}
            for each in discussion.threads(claim, request.user)
        ],
        "form": form or CommentForm(initial={"source": about.uuid} if about else {}),
        "about": about,
        "is_reply": bool(form and form["parent"].value()),
        "action": reverse("comment", args=args) if open_now else "",
        "members": discussion.mentionable(article.desk) if open_now else [],
    }


def history_panel(request: Request, bench: Workbench, entry: Entry) -> Panel:
    """The versions of one's own draft, and the claim's log as far as one may read it."""
    check, annotation = entry.check, entry.annotation
    found = past.versions(annotation, request.user)
    cited = annotation.citations.values_list("uuid", flat=True) if annotation else []
    numbers = {each.claim.pk: each.number for each in bench.entries}
    restorable = check is not None and entry.is_open_to_me
    return claim_head(request, bench, entry, "history") | {
        "panel": "article/panel_history.html",
        "annotation": annotation,
        "versions": [
            {
                "version": each,
                "url": reverse("restore_version", args=[check.uuid, each.uuid])
                if check is not None and restorable
                else "",
            }
            for each in found
        ],
        "removed_citations": [
            removed_row(check, each)
            for each in past.removed_citations(found, {str(key) for key in cited})
        ]
        if check is not None and restorable
        else [],
        "lines": moves_in_words(past.lines(entry.claim, request.user), bench.article, numbers),
    }


def removed_panel(bench: Workbench) -> Panel:
    """The marks that were taken out of the current text and do not stand in it again."""
    return {
        "panel": "article/panel_removed.html",
        "language": bench.article.language,
        "removed": [
            {
                "exact": each.exact,
                "claim": each.claim,
                "who": each.removed_by,
                "when": each.removed_at,
                "url": reverse("put_back", args=[bench.article.pk, each.uuid]),
            }
            for each in workbench_queries.removed(bench)
        ],
    }
