"""Side by side: what the checkers answered, how it differs, and the verdict."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import readiness, workflow
from annotations.forms import AskAgainForm, ReasonForm, VerdictForm
from annotations.models import Article, Assignment, Citation, Claim
from annotations.queries import deciding as deciding_queries
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, claim_of
from annotations.queries.workbench import Entry
from annotations.rights import Right
from annotations.views.http import Request, panel_address, refuse, refuse_stale, sent, status_of
from annotations.views.once import once, repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import Task

from .question import ask
from .to_decide import Deciding, deciding
from .verdict_form import decide_by, form_of, typed_form


@require_safe
def decide(request: Request, pk: int) -> HttpResponse:
    """What waits for a decision, with the first claim of it; `?claim=` leads to its own page."""
    article = article_for(request.user, pk, Right.DECIDE)
    asked = request.GET.get("claim", "")
    if asked.isdecimal() and len(asked) < 10:
        return redirect("decide_claim", pk, int(asked))
    found = deciding(request, article)
    entry = found.first
    form = form_of(request, found, entry) if entry is not None else None
    return _page(request, found, entry, form)


@require_http_methods(["GET", "POST"])
def decide_claim(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Decide this claim, and go on to the next. What is sent is about this one or about none.

    `do` is "adopt" and a letter, "more" for another source, or where a citation is put (`MOVES`):
    then the page comes back with what was typed, and nothing is saved.
    """
    article = article_for(request.user, pk, Right.DECIDE)
    claim = claim_of(article, claim_pk)
    found = deciding(request, article, claim.pk)
    entry = found.bench.entry(claim.pk)
    if entry is None:
        raise Http404
    is_sent = request.method == "POST"
    if is_sent and (before := repeated(request)):
        return before
    if entry not in found.waiting and not is_sent:
        messages.info(request, _("“%(claim)s” does not wait for a decision.") % {"claim": claim})
        return redirect("decide", pk)
    what = request.POST.get("do", "")
    if what:
        return _page(request, found, entry, typed_form(request, found, entry, what))
    form = form_of(request, found, entry)
    if is_sent and not form.added.is_valid():
        form.add_error(None, _("A source that you add is not complete yet."))
    if is_sent and form.is_valid():

        def do() -> str:
            decide_by(request, found, entry, form)
            return reverse("decide", args=[pk])

        try:
            return once(request, do)
        except workflow.Stale as why:
            refuse_stale(form, why, readiness.basis(entry.claim))
        except workflow.Refused as why:
            refuse(form, why)
    return _page(request, found, entry, form)


def _page(
    request: Request, found: Deciding, entry: Entry | None, form: VerdictForm | None
) -> HttpResponse:
    article = found.bench.article
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "stage": workbench_queries.stage_in_words(found.bench.stage),
        "title": _title(len(found.differ), len(found.agreed)),
        "lead": _("All annotations are in.") if found.waiting else "",
        "agreed": [
            {
                "number": each.number,
                "wording": each.claim.claim_reviewed,
                "rating": found.answers[each.claim.pk][0].rating,
                "url": _address(article, each),
            }
            for each in found.agreed
        ],
        "letters": sorted(found.letters.values()),
        "adopt_all_url": reverse("adopt_agreed", args=[article.pk]) if found.agreed else "",
        "claim": None,
    }
    if entry is not None and form is not None:
        context |= _claim(found, entry, form) | {"form": form}
        context["typed"] = request.method == "POST"
        context["adds"] = request.POST.get("do") == "more"
    return render(request, "article/decide.html", context, status=status_of(form))


def _address(article: Article, entry: Entry) -> str:
    return reverse("decide_claim", args=[article.pk, entry.claim.pk])


def _title(differ: int, agreed: int) -> str:
    if differ and agreed:
        return _("%(differ)d to decide, %(agreed)d agreed") % {"differ": differ, "agreed": agreed}
    if agreed:
        return ngettext("All agree on %(count)d claim", "All agree on %(count)d claims", agreed) % {
            "count": agreed
        }
    return (
        ngettext("%(count)d claim to decide", "%(count)d claims to decide", differ)
        % {"count": differ}
        if differ
        else _("Nothing to decide")
    )


def _claim(found: Deciding, entry: Entry, form: VerdictForm) -> dict[str, Any]:
    bench, rows = found.bench, found.lettered(entry)
    article, action = bench.article, _address(bench.article, entry)
    before = [each for each in found.waiting if each.number < entry.number]
    after = [each for each in found.waiting if each.number > entry.number]
    return {
        "claim": entry.claim,
        "is_open": entry in found.waiting,
        "language": article.language,
        "place": workbench_queries.place(bench, entry),
        "said_on": next((mark.said_on for mark in entry.marks if mark.said_on), ""),
        "quotes": [mark.exact for mark in entry.marks],
        "previous_url": _address(article, before[-1]) if before else "",
        "next_url": _address(article, after[0]) if after else "",
        "differences": deciding_queries.differences(rows),
        "action": action,
        "scale_ratings": article.desk.ratings,
        "sources": _sources(deciding_queries.merged(rows, entry.verdict), form),
        "ask_again_url": reverse("ask_again", args=[article.pk, entry.claim.pk]),
        "pick_url": reverse("copied_words", args=[article.desk.slug]),
        "annotations": [
            {
                "letter": letter,
                "rating": row.rating,
                "finding": row.finding,
                "justification": row.justification,
                "confidence": row.get_confidence_display(),
                "citations": [
                    {
                        "title": citation.source.title,
                        "url": citation.source.url,
                        "stance": citation.stance,
                        "stance_label": citation.get_stance_display(),
                        "passage": citation.passage,
                        "locator": citation.locator,
                        "copy_url": _copy_address(citation),
                    }
                    for citation in row.citations.all()
                ],
                "return_url": reverse("give_back", args=[article.pk, row.assignment.uuid]),
            }
            for letter, row in rows
        ],
    }


def _sources(sources: list[deciding_queries.Merged], form: VerdictForm) -> list[dict[str, Any]]:
    """Each document with its passages, and which of them are taken."""
    chosen = form["cite"].value() or []
    standing = deciding_queries.put_in_order(sources, str(form["order"].value() or "").split())
    return [
        {
            "title": source.title,
            "publisher": source.publisher,
            "passages": [
                {
                    "key": each.key,
                    "stance": each.citation.stance,
                    "stance_label": each.citation.get_stance_display(),
                    "passage": each.citation.passage,
                    "locator": each.citation.locator,
                    "copy_url": _copy_address(each.citation),
                    "cited_by": each.cited_by,
                    "called": source.called_in(each.citation),
                    "is_taken": each.key in chosen,
                }
                for each in source.passages
            ],
        }
        for source in standing
    ]


def _copy_address(citation: Citation) -> str:
    """Where its copy opens at the words; that of a confidential source is for those who may."""
    return "" if citation.source.is_confidential else reverse("cited_copy", args=[citation.uuid])


@require_POST
@refusals_in_words
def adopt_agreed(request: Request, pk: int) -> HttpResponse:
    """Adopt the rating all checkers gave, for every claim where they agree."""
    article = article_for(request.user, pk, Right.DECIDE)
    bench = workbench_queries.workbench(article, request.user)
    answers = workbench_queries.disclosed([entry.claim for entry in bench.entries], request.user)
    letters = deciding_queries.letters(article, [row for rows in answers.values() for row in rows])
    asked = request.POST.get("letter")
    whose = next((person for person, letter in letters.items() if letter == asked), None)
    adopted = workflow.adopt_agreed(article, actor=request.user, whose=whose)
    messages.success(
        request,
        ngettext("%(count)d claim is decided.", "%(count)d claims are decided.", len(adopted))
        % {"count": len(adopted)},
    )
    return redirect("decide", pk)


@require_http_methods(["GET", "POST"])
def ask_again(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Ask one more person for a blind annotation."""
    article = article_for(request.user, pk, Right.DECIDE)
    claim: Claim = claim_of(article, claim_pk)
    # The deciding page's own button leads here with what is typed there: it is no answer yet.
    form = AskAgainForm(request.POST if "person" in request.POST else None, claim=claim)

    def do() -> str:
        workflow.ask_again(
            claim,
            form.cleaned_data["person"],
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("One more person is asked."))
        return panel_address(request, pk)

    return ask(
        request,
        article,
        form,
        do,
        title=_("Ask for another annotation"),
        lead=str(claim),
        verb=_("Ask"),
        cancel_url=reverse("decide_claim", args=[pk, claim.pk]),
    )


@require_http_methods(["GET", "POST"])
def give_back(request: Request, pk: int, key: str) -> HttpResponse:
    """Return one annotation to its author, with the reason."""
    article = article_for(request.user, pk, Right.DECIDE)
    checks = Assignment.objects.visible_to(request.user).filter(
        task=Task.CHECK, claim__in=Claim.objects.made_in(article)
    )
    check = get_object_or_404(checks.select_related("claim"), uuid=key)
    form = ReasonForm(sent(request))

    def do() -> str:
        workflow.give_back(check, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The annotation is with its author again."))
        return reverse("decide", args=[pk])

    return ask(
        request,
        article,
        form,
        do,
        title=_("Return an annotation"),
        lead=str(check.claim),
        verb=_("Return it"),
        cancel_url=reverse("decide", args=[pk]),
    )
