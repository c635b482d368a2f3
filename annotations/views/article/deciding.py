"""Side by side: what the checkers answered, how it differs, and the verdict."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import AskAgainForm, ReasonForm, VerdictForm
from annotations.models import Annotation, Article, Assignment, Claim
from annotations.queries import deciding as queries
from annotations.queries import workbench as bench_queries
from annotations.queries.access import article_for
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.views.http import Request
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ClaimStatus, Stance, Task

from .question import ask


@require_http_methods(["GET", "POST"])
@refusals_in_words
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide one claim after another, those that differ first."""
    article = article_for(request.user, pk, Right.DECIDE)
    bench = bench_queries.workbench(article, request.user)
    waiting = [entry for entry in bench.entries if entry.claim.status == ClaimStatus.DECIDING]
    answers = bench_queries.disclosed([entry.claim for entry in waiting], request.user)
    seen = [entry for entry in waiting if answers.get(entry.claim.pk)]
    workflow.note_sighting([entry.claim for entry in seen], request.user)
    letters = queries.letters(article, [row for rows in answers.values() for row in rows])
    agreed = [entry for entry in seen if _agree(answers[entry.claim.pk])]
    differ = [entry for entry in seen if entry not in agreed]
    differ.sort(key=lambda entry: -queries.spread(answers[entry.claim.pk]))
    entry = _chosen(request, seen, differ)
    form = problem = None
    if entry is not None:
        rows = queries.lettered(answers[entry.claim.pk], letters)
        form = _form(request, article, entry, rows)
        if form.is_bound and form.is_valid():
            citations, problem = _cited(request, queries.merged(rows))
            if not problem:
                _decide(request, entry, form, citations, rows)
                return redirect("decide", pk)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "stage": ClaimStatus.DECIDING.label,
        "title": _title(len(differ), len(agreed)),
        "lead": _("All annotations of these claims are in."),
        "agreed": [
            {
                "number": each.number,
                "wording": each.claim.claim_reviewed,
                "rating": answers[each.claim.pk][0].rating,
                "url": f"{request.path}?claim={each.claim.pk}",
            }
            for each in agreed
        ],
        "letters": sorted(letters.values()),
        "adopt_all_url": reverse("adopt_agreed", args=[pk]) if agreed else "",
        "claim": None,
    }
    if entry is not None and form is not None:
        context |= _claim(bench, entry, seen, rows, request) | {
            "form": form,
            "merged_error": problem,
            "merged": _merged(request, queries.merged(rows)),
            "ask_again_url": reverse("ask_again", args=[pk, entry.claim.pk]),
        }
    invalid = form is not None and form.is_bound
    return render(request, "article/decide.html", context, status=422 if invalid else 200)


def _agree(annotations: list[Annotation]) -> bool:
    return len(annotations) > 1 and len({row.rating_id for row in annotations}) == 1


def _chosen(request: HttpRequest, seen: list[Entry], differ: list[Entry]) -> Entry | None:
    asked = request.GET.get("claim", "")
    wanted = next((entry for entry in seen if str(entry.claim.pk) == asked), None)
    alone = [entry for entry in seen if entry not in differ] if not differ else []
    return wanted or (differ[0] if differ else None) or (alone[0] if alone else None)


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


def _form(
    request: Request, article: Article, entry: Entry, rows: list[tuple[str, Annotation]]
) -> VerdictForm:
    differ = len({annotation.rating_id for _letter, annotation in rows}) > 1
    adopted = _adopted(request.GET.get("adopt", ""), rows)
    initial: dict[str, Any] = {}
    if adopted is not None:
        initial = {name: getattr(adopted, name) for name in ("finding", "justification")}
        initial["rating"] = adopted.rating_id
    elif entry.verdict is not None:
        initial = {name: getattr(entry.verdict, name) for name in ("finding", "justification")}
        initial["rating"] = entry.verdict.rating_id
    return VerdictForm(request.POST or None, desk=article.desk, differ=differ, initial=initial)


def _adopted(letter: str, rows: list[tuple[str, Annotation]]) -> Annotation | None:
    return next((annotation for name, annotation in rows if name == letter), None)


def _cited(
    request: Request, sources: list[queries.Merged]
) -> tuple[list[workflow.CitationDraft], str]:
    """The chosen citations, each with one stance; or what is missing."""
    chosen = set(request.POST.getlist("cite"))
    drafts_: list[workflow.CitationDraft] = []
    for source in sources:
        if source.key not in chosen:
            continue
        stance = request.POST.get(f"stance-{source.key}") or (
            next(iter(source.stances)) if len(source.stances) == 1 else ""
        )
        if stance not in source.stances:
            return [], _("Choose a stance for “%(title)s”.") % {"title": source.title}
        best = next(row for _letter, row in source.citations if row.stance == stance)
        drafts_.append(
            workflow.CitationDraft(best.source, stance, best.passage, best.locator, best.note)
        )
    return drafts_, ""


def _decide(
    request: Request,
    entry: Entry,
    form: VerdictForm,
    citations: list[workflow.CitationDraft],
    rows: list[tuple[str, Annotation]],
) -> None:
    data = form.cleaned_data
    workflow.decide(
        entry.claim,
        workflow.VerdictDraft(
            rating=data["rating"],
            finding=data["finding"],
            justification=data["justification"],
            evidence_as_of=data["evidence_as_of"],
            citations=citations,
            adopted=_unchanged(data, rows),
            cause=data.get("cause", ""),
            reason=data.get("reason", ""),
        ),
        actor=request.user,
    )
    messages.success(request, _("Claim %(number)d is decided.") % {"number": entry.number})


def _unchanged(data: dict[str, Any], rows: list[tuple[str, Annotation]]) -> Annotation | None:
    """The annotation whose rating and words the verdict takes over as they are."""
    for _letter, row in rows:
        theirs = (row.rating, row.finding, row.justification)
        if theirs == (data["rating"], data["finding"], data["justification"]):
            return row
    return None


def _claim(
    bench: Workbench,
    entry: Entry,
    seen: list[Entry],
    rows: list[tuple[str, Annotation]],
    request: Request,
) -> dict[str, Any]:
    at = seen.index(entry)
    link = f"{request.path}?claim="
    return {
        "claim": entry.claim,
        "language": bench.article.language,
        "place": bench_queries.place(bench, entry),
        "said_on": next((mark.said_on for mark in entry.marks if mark.said_on), ""),
        "quotes": [mark.exact for mark in entry.marks],
        "previous_url": f"{link}{seen[at - 1].claim.pk}" if at else "",
        "next_url": f"{link}{seen[at + 1].claim.pk}" if at + 1 < len(seen) else "",
        "differences": queries.differences(rows),
        "action": f"{link}{entry.claim.pk}",
        "scale_ratings": list(bench.article.desk.ratings),
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
                    }
                    for citation in row.citations.all()
                ],
                "adopt_url": f"{link}{entry.claim.pk}&adopt={letter}",
                "return_url": reverse("give_back", args=[bench.article.pk, row.assignment.uuid]),
            }
            for letter, row in rows
        ],
    }


def _merged(request: Request, sources: list[queries.Merged]) -> list[dict[str, Any]]:
    chosen = request.POST.getlist("cite") if request.method == "POST" else None
    found = []
    for source in sources:
        one = next(iter(source.stances)) if len(source.stances) == 1 else ""
        found.append(
            {
                "value": source.key,
                "title": source.title,
                "meta": " · ".join(part for part in (source.publisher, source.cited_by) if part),
                "checked": chosen is None or source.key in chosen,
                "stance": one or request.POST.get(f"stance-{source.key}", ""),
                "stance_label": Stance(one).label if one else "",
                "stances": []
                if one
                else [(value, label) for value, label in Stance.choices if value in source.stances],
            }
        )
    return found


@require_POST
@refusals_in_words
def adopt_agreed(request: Request, pk: int) -> HttpResponse:
    """Adopt the rating all checkers gave, for every claim where they agree."""
    article = article_for(request.user, pk, Right.DECIDE)
    bench = bench_queries.workbench(article, request.user)
    answers = bench_queries.disclosed([entry.claim for entry in bench.entries], request.user)
    letters = queries.letters(article, [row for rows in answers.values() for row in rows])
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
@refusals_in_words
def ask_again(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Ask one more person for a blind annotation."""
    article = article_for(request.user, pk, Right.DECIDE)
    claims = Claim.objects.made_in(article).select_related("desk")
    claim = get_object_or_404(claims, pk=claim_pk)
    data = request.POST if "person" in request.POST else None
    form = AskAgainForm(data, claim=claim)
    if form.is_bound and form.is_valid():
        workflow.ask_again(
            claim,
            form.cleaned_data["person"],
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("One more person is asked."))
        return redirect("workbench", pk)
    title = _("Ask for another annotation")
    return ask(request, article, form, title, str(claim), _("Ask"))


@require_http_methods(["GET", "POST"])
@refusals_in_words
def give_back(request: Request, pk: int, key: str) -> HttpResponse:
    """Return one annotation to its author, with the reason."""
    article = article_for(request.user, pk, Right.DECIDE)
    checks = Assignment.objects.visible_to(request.user).filter(
        task=Task.CHECK, claim__in=Claim.objects.made_in(article)
    )
    check = get_object_or_404(checks.select_related("claim"), uuid=key)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.give_back(check, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The annotation is with its author again."))
        return redirect("decide", pk)
    return ask(request, article, form, _("Return an annotation"), str(check.claim), _("Return it"))
