"""The form of a verdict: what it begins with, what was typed, and what is decided by it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from annotations import readiness, workflow
from annotations.forms import AddedSources, VerdictForm
from annotations.forms.article.evidence import SOURCE_FIELDS
from annotations.models import Annotation, Claim, User, Verdict
from annotations.queries import deciding as deciding_queries
from annotations.queries.workbench import Entry
from annotations.views.http import Request, sent

from .to_decide import Deciding, Lettered


def form_of(
    request: Request, found: Deciding, entry: Entry, initial: dict[str, Any] | None = None
) -> VerdictForm:
    """The form of the verdict, with `added`, the sources that the decider adds to it.

    `initial` is what was typed where the page is shown again without a save.
    """
    rows = found.lettered(entry)
    differ = len({annotation.rating_id for _letter, annotation in rows}) > 1
    sources = deciding_queries.merged(rows, entry.verdict)
    passages = [each for source in sources for each in source.passages]
    given = initial if initial is not None else _first(request.user, entry, passages)
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


def _first(user: User, entry: Entry, passages: list[deciding_queries.Passage]) -> dict[str, Any]:
    """What the form begins with: the last verdict, if there is one, and why ratings differed then.

    Every passage is taken, until somebody has decided which are.
    """
    last = entry.verdict
    taken = [each.key for each in passages if last is None or each.was_taken]
    if last is None:
        return {"cite": taken}
    words = {name: getattr(last, name) for name in ("finding", "justification")}
    if last.cause:
        told = Verdict.objects.visible_to(user).with_reasons().get(pk=last.pk)
        words |= {"cause": told.cause, "reason": told.reason}
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


def typed_form(request: Request, found: Deciding, entry: Entry, what: str) -> VerdictForm:
    """The form with what was typed, an annotation's words adopted into it, or another row."""
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in TYPED}
    for name in ("key", "based_on"):
        if request.POST.get(name):
            typed[name] = request.POST[name]
    typed["cite"] = request.POST.getlist("cite")
    typed["added"] = _typed_sources(request)
    rows = found.lettered(entry)
    sources = deciding_queries.merged(rows, entry.verdict)
    do, _space, about = what.partition(" ")
    if do in MOVES:
        by, whole = MOVES[do]
        standing = deciding_queries.put_in_order(sources, typed["order"].split())
        typed["order"] = " ".join(deciding_queries.moved(standing, about, by, whole=whole))
    adopted = _adopted(about, rows) if do == "adopt" else None
    if adopted is None:
        return form_of(request, found, entry, typed)
    orders = {letter: " ".join(deciding_queries.order_by(letter, sources)) for letter, _row in rows}
    if typed["order"] in ("", *orders.values()):
        # Nobody has put them in another order than that of an annotation.
        typed["order"] = orders[about]
    before = {name: typed[name] for name in ("finding", "justification")}
    words = {name: getattr(adopted, name) for name in before}
    form = form_of(request, found, entry, typed | words | {"rating": adopted.rating_id})
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


def decide_by(request: Request, found: Deciding, entry: Entry, form: VerdictForm) -> None:
    data, rows = form.cleaned_data, found.lettered(entry)
    sources = deciding_queries.merged(rows, entry.verdict)
    cited = _cited(data["cite"], deciding_queries.put_in_order(sources, data["order"].split()))
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


def _cited(
    chosen: list[str], sources: list[deciding_queries.Merged]
) -> list[workflow.CitationDraft]:
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
