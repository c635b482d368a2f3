"""Handing in what one has annotated: what goes in and what is missing, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import addresses, workflow
from annotations.listing import labelled, listed
from annotations.models import Article, Citation, Claim, Desk, SourceNote
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, article_of, own_check
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.views.http import Request, kept_query
from annotations.views.once import key_for, once, repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ClaimStatus, Demand
from annotations.workflow import confidence


@require_http_methods(["GET", "POST"])
@refusals_in_words
def submit(request: Request, pk: int) -> HttpResponse:
    """Look at all one's annotations of the article, then hand them in; what is incomplete stays."""
    article = article_for(request.user, pk, Right.ANNOTATE)
    if request.method == "POST" and (before := repeated(request)):
        return before
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    if request.method == "POST":
        return once(request, lambda: _submit(request, bench))
    mine = [entry for entry in bench.entries if entry.is_open_to_me]
    cited, unplaced = _sources(mine), _unplaced(mine, article.desk)
    drafts = [entry.annotation for entry in mine if entry.annotation]
    named = confidence.names_in_own(drafts, request.user)
    open_notes = SourceNote.objects.visible_to(request.user).standing()
    notes = list(open_notes.filter(annotation__in=drafts).select_related("source"))
    rows = [_row(entry, article, cited, unplaced) for entry in mine]
    for entry, row in zip(mine, rows, strict=True):
        row["notes"] = [note for note in notes if note.annotation_id == _key(entry)]
        if row["notes"] and article.desk.demand_confirmed == Demand.BLOCK:
            row["missing"] = row["missing"] or _("What you noted is still to be confirmed.")
        row["names"] = named.get(entry.annotation.pk, []) if entry.annotation else []
    return render(
        request,
        "article/submit.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "key": key_for(request),
            "rows": rows,
            "ready": sum(not row["missing"] for row in rows),
        },
    )


def _key(entry: Entry) -> int:
    return entry.annotation.pk if entry.annotation else 0


def _sources(entries: list[Entry]) -> dict[int, int]:
    """How many sources each of one's own annotations cites, by its key."""
    keys = [entry.annotation.pk for entry in entries if entry.annotation]
    rows = Citation.objects.filter(annotation__in=keys).order_by()
    counted = rows.values("annotation").annotate(n=Count("source", distinct=True))
    return dict(counted.values_list("annotation", "n"))


def _unplaced(entries: list[Entry], desk: Desk) -> set[int]:
    """Which of one's own annotations, by key, cite what has neither a locator nor a passage.

    Whether a passage stands in a copy is looked for when it is handed in.
    """
    if desk.demand_locator != Demand.BLOCK:
        return set()
    keys = [entry.annotation.pk for entry in entries if entry.annotation]
    rows = Citation.objects.filter(annotation__in=keys, source__is_confidential=False)
    bare = rows.filter(locator="", passage="").order_by()
    return {key for key in bare.values_list("annotation", flat=True) if key is not None}


def _row(
    entry: Entry, article: Article, sources: dict[int, int], unplaced: set[int]
) -> dict[str, Any]:
    """One annotation of one's own: what it says, and what it still lacks."""
    annotation = entry.annotation
    cited = sources.get(annotation.pk, 0) if annotation else 0
    told = ngettext("%(count)d source", "%(count)d sources", cited) % {"count": cited}
    return {
        "number": entry.number,
        "wording": entry.claim.claim_reviewed,
        "url": addresses.workbench(article.pk, claim=entry.claim.pk),
        "rating": annotation.rating if annotation else None,
        "finding": annotation.finding if annotation else "",
        "sources": told if cited else _("No source"),
        "missing": _missing(entry, article.desk, cited, unplaced),
    }


def _missing(entry: Entry, desk: Desk, cited: int, unplaced: set[int]) -> str:
    """Why it cannot be handed in yet, or an empty string."""
    annotation = entry.annotation
    if annotation is None:
        return _("Not started.")
    parts = {
        _("a rating"): annotation.rating_id,
        _("a finding"): annotation.finding,
        _("the justification"): annotation.justification,
    }
    if lacks := [name for name, given in parts.items() if not given]:
        return _("Still missing: %(parts)s.") % {"parts": listed(lacks)}
    if desk.demand_sources == Demand.BLOCK and cited < desk.sources_needed:
        return _("The desk asks for more sources.")
    if annotation.pk in unplaced:
        return _("The desk asks where in its source each citation stands.")
    return ""


def _submit(request: Request, bench: Workbench) -> str:
    """Hand in each by itself, so that what one lacks keeps no other back."""
    submitted, problems = [], []
    for entry in bench.entries:
        if not entry.is_open_to_me:
            continue
        assert entry.check is not None
        try:
            workflow.submit(entry.check, actor=request.user)
            submitted.append(entry.claim.pk)
        except workflow.Refused as why:
            claim = _("Claim %(number)d") % {"number": entry.number}
            problems.append(labelled(claim, why))
    if submitted:
        told = ngettext(
            "%(count)d annotation is submitted.",
            "%(count)d annotations are submitted.",
            len(submitted),
        ) % {"count": len(submitted)}
        if Claim.objects.filter(pk__in=submitted, status=ClaimStatus.CHECKING).exists():
            told += " " + _("You can take each back from its claim, until all of them are in.")
        messages.success(request, told)
    for problem in problems:
        messages.error(request, problem)
    return addresses.workbench(bench.article.pk)


@require_POST
@refusals_in_words
def resume(request: Request, key: str) -> HttpResponse:
    """Take one's own annotation back, to go on with it."""
    check = own_check(request.user, key)
    if before := repeated(request):
        return before

    def do() -> str:
        workflow.resume(check, actor=request.user)
        messages.success(request, _("It is a draft again. Submit it when it is done."))
        return addresses.workbench(article_of(check.claim).pk, claim=check.claim_id)

    return once(request, do)
