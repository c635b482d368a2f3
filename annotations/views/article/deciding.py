"""Side by side: what the checkers answered, how it differs, and the verdict."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import readiness, workflow
from annotations.forms import AddedSources, AskAgainForm, ReasonForm, VerdictForm
from annotations.forms.evidence import SOURCE_FIELDS
from annotations.models import Annotation, Article, Assignment, Citation, Claim
from annotations.queries import deciding as queries
from annotations.queries import workbench as bench_queries
from annotations.queries.access import article_for, claim_of
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.views.http import Request, panel_address, refuse, sent, status_of
from annotations.views.once import once, repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ClaimStatus, Task

from .question import ask

Lettered = list[tuple[str, Annotation]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What of an article waits for a decision, as far as the user may see it.

    `waiting` are the claims with disclosed annotations, in reading order; those in `differ` come
    first, furthest apart first; in `agreed` all ratings are the same.
    """

    bench: Workbench
    answers: dict[int, list[Annotation]]
    letters: dict[int, str]
    waiting: list[Entry]
    differ: list[Entry]
    agreed: list[Entry]

    @property
    def first(self) -> Entry | None:
        """The claim to begin with."""
        return next(iter(self.differ), None) or next(iter(self.agreed), None)

    def lettered(self, entry: Entry) -> Lettered:
        return queries.lettered(self.answers.get(entry.claim.pk, []), self.letters)


def _deciding(request: Request, article: Article, also: int | None = None) -> Deciding:
    """What waits, and the claim with the key `also` at whatever stage it is by now."""
    bench = bench_queries.workbench(article, request.user)
    stage = ClaimStatus.DECIDING
    entries = [e for e in bench.entries if e.claim.status == stage or e.claim.pk == also]
    answers = bench_queries.disclosed([entry.claim for entry in entries], request.user)
    seen = [entry for entry in entries if answers.get(entry.claim.pk)]
    waiting = [entry for entry in seen if entry.claim.status == stage]
    agreed = [entry for entry in waiting if _agree(answers[entry.claim.pk])]
    differ = [entry for entry in waiting if entry not in agreed]
    differ.sort(key=lambda entry: -queries.spread(answers[entry.claim.pk]))
    letters = queries.letters(article, [row for rows in answers.values() for row in rows])
    return Deciding(bench, answers, letters, waiting, differ, agreed)


def _agree(annotations: list[Annotation]) -> bool:
    return len(annotations) > 1 and len({row.rating_id for row in annotations}) == 1


@require_safe
def decide(request: Request, pk: int) -> HttpResponse:
    """What waits for a decision, with the first claim of it; `?claim=` leads to its own page."""
    article = article_for(request.user, pk, Right.DECIDE)
    asked = request.GET.get("claim", "")
    if asked.isdecimal() and len(asked) < 10:
        return redirect("decide_claim", pk, int(asked))
    found = _deciding(request, article)
    entry = found.first
    form = _form(request, found, entry) if entry is not None else None
    return _page(request, found, entry, form)


@require_http_methods(["GET", "POST"])
def decide_claim(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Decide this claim, and go on to the next. What is sent is about this one or about none.

    `do` is "adopt" and a letter, "more" for another source, or where a citation is put (`MOVES`):
    then the page comes back with what was typed, and nothing is saved.
    """
    article = article_for(request.user, pk, Right.DECIDE)
    claim = claim_of(article, claim_pk)
    found = _deciding(request, article, claim.pk)
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
        return _page(request, found, entry, _typed(request, found, entry, what))
    form = _form(request, found, entry)
    if is_sent and not form.added.is_valid():
        form.add_error(None, _("A source that you add is not complete yet."))
    if is_sent and form.is_valid():

        def do() -> str:
            _decide(request, found, entry, form)
            return reverse("decide", args=[pk])

        try:
            return once(request, do)
        except workflow.Stale as why:
            # Whoever has been shown what there is now may decide on it.
            data = request.POST.copy()
            data["based_on"] = readiness.basis(entry.claim)
            form.data = data
            refuse(form, why)
        except workflow.Refused as why:
            refuse(form, why)
    return _page(request, found, entry, form)


def _form(
    request: Request, found: Deciding, entry: Entry, initial: dict[str, Any] | None = None
) -> VerdictForm:
    """The form of the verdict, with `added`, the sources that the decider adds to it.

    `initial` is what was typed where the page is shown again without a save.
    """
    rows = found.lettered(entry)
    differ = len({annotation.rating_id for _letter, annotation in rows}) > 1
    sources = queries.merged(rows, entry.verdict)
    passages = [each for source in sources for each in source.passages]
    given = initial if initial is not None else _first(entry, passages)
    data = sent(request) if initial is None else None
    form = VerdictForm(
        data,
        desk=found.bench.article.desk,
        differ=differ,
        citations=[each.key for each in passages],
        initial={"key": uuid.uuid4(), "based_on": readiness.basis(entry.claim)} | given,
    )
    form.added = AddedSources(data, prefix="add", initial=given.get("added"))
    return form


def _first(entry: Entry, passages: list[queries.Passage]) -> dict[str, Any]:
    """What the form begins with: the last verdict, if there is one.

    Every passage is taken, until somebody has decided which are.
    """
    last = entry.verdict
    taken = [each.key for each in passages if last is None or each.was_taken]
    if last is None:
        return {"cite": taken}
    words = {name: getattr(last, name) for name in ("finding", "justification")}
    return words | {"rating": last.rating_id, "cite": taken}


TYPED = ("rating", "finding", "justification", "evidence_as_of", "cause", "reason", "order")
MOVES = {
    "earlier": (-1, False),
    "later": (1, False),
    "earlier-source": (-1, True),
    "later-source": (1, True),
}
"""With the key of a passage: by how much it is moved, and whether its document is."""
ADDED = (*SOURCE_FIELDS, "stance", "passage", "locator", "note", "comes_first")


def _typed(request: Request, found: Deciding, entry: Entry, what: str) -> VerdictForm:
    """The form with what was typed, an annotation's words adopted into it, or another row."""
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in TYPED}
    for name in ("key", "based_on"):
        if request.POST.get(name):
            typed[name] = request.POST[name]
    typed["cite"] = request.POST.getlist("cite")
    typed["added"] = _typed_sources(request)
    rows = found.lettered(entry)
    sources = queries.merged(rows, entry.verdict)
    do, _space, about = what.partition(" ")
    if do in MOVES:
        by, whole = MOVES[do]
        standing = queries.put_in_order(sources, typed["order"].split())
        typed["order"] = " ".join(queries.moved(standing, about, by, whole=whole))
    adopted = _adopted(about, rows) if do == "adopt" else None
    if adopted is None:
        return _form(request, found, entry, typed)
    orders = {letter: " ".join(queries.order_by(letter, sources)) for letter, _row in rows}
    if typed["order"] in ("", *orders.values()):
        # Nobody has put them in another order than that of an annotation.
        typed["order"] = orders[about]
    before = {name: typed[name] for name in ("finding", "justification")}
    words = {name: getattr(adopted, name) for name in before}
    form = _form(request, found, entry, typed | words | {"rating": adopted.rating_id})
    known = {getattr(row, name) for _letter, row in rows for name in before}
    form.before = {
        str(form[name].label): said
        for name, said in before.items()
        if said.strip() and said.replace("\r\n", "\n") not in known
    }
    return form


def _typed_sources(request: Request) -> list[dict[str, str]]:
    """What was typed of sources to add, without the empty rows."""
    rows = [
        {name: request.POST.get(f"add-{number}-{name}", "") for name in ADDED}
        for number in range(AddedSources.max_num)
    ]
    return [row for row in rows if any(row.values())]


def _adopted(letter: str, rows: Lettered) -> Annotation | None:
    return next((annotation for name, annotation in rows if name == letter), None)


def _decide(request: Request, found: Deciding, entry: Entry, form: VerdictForm) -> None:
    data, rows = form.cleaned_data, found.lettered(entry)
    sources = queries.merged(rows, entry.verdict)
    cited = _cited(data["cite"], queries.put_in_order(sources, data["order"].split()))
    workflow.decide(
        entry.claim,
        workflow.VerdictDraft(
            rating=data["rating"],
            finding=data["finding"],
            justification=data["justification"],
            evidence_as_of=data["evidence_as_of"],
            citations=[
                *_added(request, entry.claim, form, first=True),
                *cited,
                *_added(request, entry.claim, form, first=False),
            ],
            adopted=_unchanged(data, rows),
            cause=data.get("cause", ""),
            reason=data.get("reason", ""),
        ),
        actor=request.user,
        based_on=data["based_on"],
    )
    messages.success(request, _("Claim %(number)d is decided.") % {"number": entry.number})


def _cited(chosen: list[str], sources: list[queries.Merged]) -> list[workflow.CitationDraft]:
    """The chosen citations as they stand, each as it was written."""
    return [
        workflow.CitationDraft.of(row)
        for source in sources
        for row in (each.citation for each in source.passages if each.key in chosen)
    ]


def _added(
    request: Request, claim: Claim, form: VerdictForm, *, first: bool
) -> list[workflow.CitationDraft]:
    """The citations that the decider added before the others, or behind; their sources made."""
    return [
        workflow.CitationDraft(
            workflow.add_source(claim, workflow.SourceDraft(**row.source()), actor=request.user),
            **row.use(),
        )
        for row in form.added
        if row.is_given() and row.cleaned_data["comes_first"] is first
    ]


def _unchanged(data: dict[str, Any], rows: Lettered) -> Annotation | None:
    """The annotation whose rating and words the verdict takes over as they are."""
    for _letter, row in rows:
        theirs = (row.rating, row.finding, row.justification)
        if theirs == (data["rating"], data["finding"], data["justification"]):
            return row
    return None


def _page(
    request: Request, found: Deciding, entry: Entry | None, form: VerdictForm | None
) -> HttpResponse:
    article = found.bench.article
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "stage": ClaimStatus.DECIDING.label,
        "title": _title(len(found.differ), len(found.agreed)),
        "lead": _("All annotations of these claims are in."),
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
        "place": bench_queries.place(bench, entry),
        "said_on": next((mark.said_on for mark in entry.marks if mark.said_on), ""),
        "quotes": [mark.exact for mark in entry.marks],
        "previous_url": _address(article, before[-1]) if before else "",
        "next_url": _address(article, after[0]) if after else "",
        "differences": queries.differences(rows),
        "action": action,
        "scale_ratings": list(article.desk.ratings),
        "sources": _sources(queries.merged(rows, entry.verdict), form),
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


def _sources(sources: list[queries.Merged], form: VerdictForm) -> list[dict[str, Any]]:
    """Each document with its passages, and which of them are taken."""
    chosen = form["cite"].value() or []
    standing = queries.put_in_order(sources, str(form["order"].value() or "").split())
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
