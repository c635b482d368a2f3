"""The workbench: claim rail, text and panel; what the panel shows follows from the address."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations import moments
from annotations.models import Article, User
from annotations.queries import finding
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, may
from annotations.queries.paragraphs import paragraphs_of
from annotations.queries.workbench import Entry, Triaged, Workbench
from annotations.rights import Right
from annotations.views.http import Request, kept_query
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, SentenceKind
from annotations.workflow import offers

from . import undoing
from .panel_choice import panel_for
from .panels import Panel, Urls


@require_safe
def workbench(request: Request, pk: int) -> HttpResponse:
    article = article_for(request.user, pk)
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    return page(request, bench, panel_for(request, bench))


def page(request: Request, bench: Workbench, panel: Panel, status: int = 200) -> HttpResponse:
    """The whole page, or the panel alone when htmx asks for it."""
    article = bench.article
    context = {"desk": article.desk, "is_sample": article.desk.is_sample, "article": article}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, panel["panel"], context | panel, status=status)
    return render(
        request,
        "article/workbench.html",
        context | _frame(bench, panel, request.user) | panel,
        status=status,
    )


def _frame(bench: Workbench, panel: Panel, user: User) -> dict[str, Any]:
    """Rail and text."""
    url = Urls(bench)
    entry: Entry | None = panel.get("entry")
    paragraphs = paragraphs_of(bench, entry.claim.pk if entry else None, url, panel.get("picked"))
    shown = finding.matching(bench, bench.query)
    current = panel.get("sentence")
    for paragraph in paragraphs:
        for sentence in paragraph["sentences"]:
            sentence["current"] = current is not None and sentence["name"] == current.name
    marking = may(bench.article, Right.MARK)
    kinds = Counter(row.kind for row in bench.sentences)
    return {
        "stage": workbench_queries.stage_in_words(bench.stage),
        "moves": moves(bench, user),
        "title_is_in_text": _title_is_in_text(bench),
        "may_describe": may(bench.article, Right.IMPORT),
        "plan": _plan(bench.article),
        "revision": bench.revision,
        "language": bench.article.language,
        "sentence_count": kinds[SentenceKind.BODY],
        "heading_count": kinds[SentenceKind.HEADING],
        "row_count": kinds[SentenceKind.ROW],
        "claims": [
            {
                "number": each.number,
                "tone": each.tone,
                "label": each.label,
                "words": each.claim.claim_reviewed,
                "note": _note(each),
                "url": url(claim=each.claim.pk),
            }
            for each in shown
        ],
        "query": bench.query,
        "all_claims": len(bench.entries),
        "base_url": url.base,
        "rail": rail(bench),
        "paragraphs": paragraphs,
        "mark_url": url.plain if marking else "",
        "triage_url": reverse("triage", args=[bench.article.pk]) if marking else "",
        "here_url": reverse("here", args=[bench.article.pk])
        if marking and not any(each.checks_blind for each in bench.entries)
        else "",
        **(undoing.bar(bench.article, user) if marking else {}),
    }


def _title_is_in_text(bench: Workbench) -> bool:
    """Whether the text begins with its title, which then need not be printed above it."""
    if not bench.sentences:  # a fixture may bring an article before its text
        return False
    first = bench.sentences[0]
    return first.kind == "heading" and bench.text_of(first) == bench.article.title


def _note(entry: Entry) -> str:
    """The line under a claim in the rail: one's own progress, else who says it."""
    if entry.claim.status == ClaimStatus.SET_ASIDE:
        return _("Set aside: %(why)s") % {"why": entry.claim.get_set_aside_display().lower()}
    if entry.check is not None and entry.claim.status == ClaimStatus.CHECKING:
        if entry.check.status == AssignmentStatus.SUBMITTED:
            return _("Submitted")
        if entry.check.status == AssignmentStatus.RETURNED:
            return _("Returned to you")
        if entry.annotation is None:
            return _("Not started")
        return _("Draft") if entry.annotation.rating_id else _("Draft, no rating")
    if entry.claim.status == ClaimStatus.SPOTTED:
        return str(entry.claim.claimant or _("Nobody is named as saying it"))
    return entry.claim.get_status_display()


def left_in_words(triaged: Triaged) -> str:
    """How many sentences nobody has triaged yet."""
    left = len(triaged.left)
    if not left:
        return _("Every sentence is triaged.")
    return ngettext(
        "%(count)d sentence is not triaged yet.",
        "%(count)d sentences are not triaged yet.",
        left,
    ) % {"count": left}


def rail(bench: Workbench) -> dict[str, Any]:
    """What the rail's head says: one's own progress while checking, else what is triaged."""
    mine = [entry for entry in bench.entries if entry.check is not None]
    if mine and bench.stage == ClaimStatus.CHECKING:
        done = sum(1 for entry in mine if entry.annotation and entry.annotation.rating_id)
        words_ = _("%(done)d of %(total)d rated") % {"done": done, "total": len(mine)}
        return {
            "words": words_,
            "done": done,
            "total": len(mine),
            "progress_words": _("You have rated %(done)d of %(total)d claims")
            % {"done": done, "total": len(mine)},
        }
    words_ = ngettext("%(count)d marked", "%(count)d marked", len(bench.entries))
    said = {"words": words_ % {"count": len(bench.entries)}}
    return said | triage_in_words(bench.article, bench.triaged, Urls(bench))


def triage_in_words(article: Article, triaged: Triaged, url: Urls) -> dict[str, Any]:
    """How far the triage is, and for who may mark what is to be done next: the rail's second part.

    `is_triage` says that it is this, which the page gets anew with each sentence that is triaged.
    """
    total, left = len(triaged.accounted), triaged.left
    done = total - len(left)
    head: dict[str, Any] = {
        "is_triage": True,
        "done": done,
        "total": total,
        "progress_words": _("%(done)d of %(total)d sentences triaged")
        % {"done": done, "total": total},
    }
    if not may(article, Right.MARK):
        return head
    if left:
        head["hint"] = ngettext(
            "Sentence %(first)s is not triaged yet",
            "%(count)d sentences are not triaged yet; the next is %(first)s",
            len(left),
        ) % {"first": left[0].number, "count": len(left)}
        head["hint_url"] = f"{url(sentence=left[0].number)}#panel"
    elif unfinished := triaged.unfinished:
        first = unfinished[0]
        head["hint"] = ngettext(
            "Sentence %(first)s is check-worthy, but no claim is marked in it",
            "%(count)d check-worthy sentences have no claim yet; the next is %(first)s",
            len(unfinished),
        ) % {
            "first": first.number or SentenceKind(first.kind).label.lower(),
            "count": len(unfinished),
        }
        head["hint_url"] = f"{url(sentence=first.name)}#panel"
    return head


# What is done to the claims at one stage: the page on which it is, which says what is in its way.
_PAGES = {"open": "open_checking", "decide": "decide", "approve": "approve", "publish": "approve"}


def moves(bench: Workbench, user: User) -> list[dict[str, Any]]:
    """The article's moves that this person has the right to, each with what blocks it."""
    article = bench.article
    found: list[dict[str, Any]] = []
    if any(entry.is_open_to_me for entry in bench.entries):
        found.append(
            {
                "name": "submit",
                "label": _("Submit annotations"),
                "link": reverse("submit", args=[article.pk]),
                "primary": True,
            }
        )
    if (waiting := bench.to_settle) and may(article, Right.MARK):
        label = ngettext("%(count)d mark to place", "%(count)d marks to place", waiting)
        link_to = reverse("orphans", args=[article.pk])
        found.append(
            {
                "name": "orphans",
                "label": label % {"count": waiting},
                "link": link_to,
                "primary": not found,
            }
        )
    claims = [entry.claim for entry in bench.entries]
    offered = offers(article, user, holds=partial(may, article), claims=claims)
    for offer in offered:
        link = _PAGES.get(offer.act.name)
        if link is not None:
            found.append(
                {
                    "name": offer.act.name,
                    "label": offer.act.label,
                    "link": reverse(link, args=[article.pk]),
                    "primary": not found,
                }
            )
    if any(entry.claim.status != ClaimStatus.SPOTTED for entry in bench.entries):
        link_to = reverse("replies", args=[article.pk])
        found.append({"name": "replies", "label": _("Replies"), "link": link_to})
    if any(offer.act.name == "withdraw" for offer in offered):
        link_to = reverse("withdraw", args=[article.pk])
        found.append({"name": "withdraw", "label": _("Withdraw"), "link": link_to})
    if article.status == ArticleStatus.PUBLISHED:
        public = reverse("public_article", args=[article.desk.slug, article.slug])
        found.append({"name": "public", "label": _("Public page"), "link": public})
    return found


def _plan(article: Article) -> dict[str, str]:
    """Who looks after the article and by when it is wanted, in words."""
    said = moments.short(article.due_at) if article.due_at else ""
    return {
        "owner": _("looked after by %(person)s") % {"person": article.owner}
        if article.owner
        else "",
        "is_due": _("on hold: %(why)s") % {"why": article.on_hold}
        if article.on_hold
        else said and _("due %(when)s") % {"when": said},
        "url": reverse("plan", args=[article.pk]) if may(article, Right.ASSIGN) else "",
    }
