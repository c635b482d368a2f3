"""Undo and redo on the workbench, taking marks out and putting them back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations import workflow
from annotations.models import Article, Mark, RemovedMark, Step, User
from annotations.queries.access import article_for
from annotations.rights import Right
from annotations.views.http import Request, panel_address
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import StepKind


def offers(article: Article, person: User) -> tuple[str, str]:
    """What can be undone and redone, in words; each may be empty."""
    undo_, redo_ = workflow.last_steps(article, person)
    return in_words(undo_), in_words(redo_)


def bar(article: Article, person: User) -> dict[str, Any]:
    """The context of the buttons."""
    undo_, redo_ = offers(article, person)
    return {
        "undo": undo_,
        "redo": redo_,
        "undo_url": reverse("undo", args=[article.pk]),
        "redo_url": reverse("redo", args=[article.pk]),
    }


def in_words(step: Step | None) -> str:
    """What can be undone or redone by the step; empty where there is none."""
    if step is None:
        return ""
    if step.kind == StepKind.MARK:
        return _("a mark")
    if step.kind == StepKind.UNMARK:
        return _("taking a mark out")
    names = list(step.what["triage"])
    if len(names) == 1 and names[0].isdecimal():
        return _("triage of sentence %(number)d") % {"number": int(names[0])}
    if len(names) == 1:
        return _("triage of a heading or table row")
    return ngettext("triage of %(count)d sentence", "triage of %(count)d sentences", len(names)) % {
        "count": len(names)
    }


def _back(request: Request, article: Article, step: Step) -> HttpResponse:
    """To where the step can be seen."""
    what: dict[str, Any] = {}
    if placed := Mark.objects.filter(uuid__in=step.what.get("marks", [])).first():
        what["claim"] = placed.claim_id
    elif names := step.what.get("triage"):
        numbers = [int(name) for name in names if name.isdecimal()]
        what["sentence"] = min(numbers) if numbers else min(names)
    return redirect(panel_address(request, article.pk, **what))


@require_POST
@refusals_in_words
def undo(request: Request, pk: int) -> HttpResponse:
    """Undo one's last step in the article."""
    article = article_for(request.user, pk, Right.MARK)
    step = workflow.undo(article, actor=request.user)
    messages.success(request, _("Undone: %(what)s.") % {"what": in_words(step)})
    return _back(request, article, step)


@require_POST
@refusals_in_words
def redo(request: Request, pk: int) -> HttpResponse:
    """Do again what one undid last."""
    article = article_for(request.user, pk, Right.MARK)
    step = workflow.redo(article, actor=request.user)
    messages.success(request, _("Done again: %(what)s.") % {"what": in_words(step)})
    return _back(request, article, step)


@require_POST
@refusals_in_words
def unmark(request: Request, pk: int, mark_key: str) -> HttpResponse:
    """Take one mark out of the text."""
    article = article_for(request.user, pk, Right.MARK)
    marks = Mark.objects.filter(revision__article=article).select_related("claim")
    placed = get_object_or_404(marks, uuid=mark_key)
    workflow.unmark_step(article, placed, actor=request.user)
    messages.success(request, _("The mark is taken out. It can be undone."))
    still = Mark.objects.filter(claim=placed.claim_id, revision=placed.revision_id).exists()
    return redirect(
        panel_address(request, article.pk, **({"claim": placed.claim_id} if still else {}))
    )


@require_POST
@refusals_in_words
def put_back(request: Request, pk: int, mark_key: str) -> HttpResponse:
    """Put back a mark that was taken out, by whomever."""
    article = article_for(request.user, pk, Right.MARK)
    rows = RemovedMark.objects.filter(revision__article=article).select_related("claim")
    removed = get_object_or_404(rows, uuid=mark_key)
    placed = workflow.put_back(article, removed, actor=request.user)
    messages.success(request, _("The mark is put back."))
    return redirect(panel_address(request, article.pk, claim=placed.claim_id))
