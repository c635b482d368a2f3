"""The discussion of a claim: comment, reply, resolve, reopen."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms import CommentForm
from annotations.models import Article, Comment
from annotations.queries import discussion as discussion_queries
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, claim_of
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.views.http import (
    Request,
    acknowledged,
    kept_query,
    panel_address,
    refuse,
    status_of,
)
from annotations.views.refusals import refusals_in_words, refused
from annotations.workflow import Refused, discussion

from . import tabs
from . import workbench as article_workbench


def _entry(request: Request, article: Article, claim_pk: int) -> tuple[Workbench, Entry]:
    """The claim, if there is a discussion of it for this person; else it does not exist."""
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    entry = bench.entry(claim_pk)
    if entry is None or not discussion_queries.is_shown(entry, request.user):
        raise Http404
    return bench, entry


def _back(request: Request, article: Article, claim_pk: int) -> HttpResponse:
    return redirect(panel_address(request, article.pk, claim=claim_pk, tab="discussion"))


@require_POST
def comment(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Say something on the claim, or reply to what was said."""
    article = article_for(request.user, pk, Right.ANNOTATE)
    try:
        bench, entry = _entry(request, article, claim_pk)
    except Http404:
        claim_of(article, claim_pk)
        return refused(request, _("This claim is not open for discussion now."))
    form = CommentForm(request.POST)
    if form.is_valid():
        parent = None
        if key := form.cleaned_data["parent"]:
            said = Comment.objects.visible_to(request.user).filter(claim=entry.claim.pk)
            parent = get_object_or_404(said, uuid=key)
        try:
            discussion.add(
                entry.claim,
                form.cleaned_data["body"],
                person=request.user,
                parent=parent,
                asks=_asked(request, entry, form),
                key=form.cleaned_data["key"],
            )
        except Refused as why:
            refuse(form, why)
        else:
            return acknowledged(request, _back(request, article, claim_pk))
    panel = tabs.discussion_panel(request, bench, entry, form)
    return article_workbench.page(request, bench, panel, status=status_of(form))


def _asked(request: Request, entry: Entry, form: CommentForm) -> discussion.Asked:
    data = form.cleaned_data
    about = discussion_queries.source_of(entry.claim, request.user, str(data["source"] or ""))
    return discussion.Asked(data["holds"], about)


@require_POST
@refusals_in_words
def settle(request: Request, pk: int, claim_pk: int, comment_key: str) -> HttpResponse:
    """Resolve a comment, or take it up again (`do=reopen`)."""
    article = article_for(request.user, pk, Right.ANNOTATE)
    _bench, entry = _entry(request, article, claim_pk)
    said = Comment.objects.visible_to(request.user).filter(claim=entry.claim.pk)
    found = get_object_or_404(said, uuid=comment_key)
    move = discussion.reopen if request.POST.get("do") == "reopen" else discussion.resolve
    move(found, person=request.user)
    return _back(request, article, claim_pk)
