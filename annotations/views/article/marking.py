"""What editors do on the workbench: mark, triage, reword, set aside, open checking."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import (
    AddMarkForm,
    ClaimForm,
    OpenForm,
    RepeatsForm,
    RewordForm,
    TriageForm,
)
from annotations.listing import labelled
from annotations.models import Article, Claim, Step
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, claim_of
from annotations.rights import Right
from annotations.text.anchors import BadAnchor, anchor
from annotations.views.conflicts import bases, conflict_page, resolved
from annotations.views.http import (
    Request,
    acknowledged,
    kept_query,
    panel_address,
    refuse,
    sent,
    status_of,
)
from annotations.views.once import key_for
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import Triage

from . import panels, undoing
from . import workbench as article_workbench
from .question import ask


def _with_speaker(request: Request, article: Article, name: str) -> HttpResponse:
    """The panel as it was typed, with the proposed speaker as the claimant; nothing is saved."""
    place = AddMarkForm(request.POST)
    place.is_valid()
    start, end = place.cleaned_data.get("start", 0), place.cleaned_data.get("end", 0)
    exact = _words_at(article, start, end)
    form = ClaimForm(
        instance=Claim(desk=article.desk),
        outlet=article.outlet,
        initial=request.POST.dict() | {"claimant_name": name},
    )
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    panel = panels.new_claim_panel(bench, form, place, exact)
    return article_workbench.page(request, bench, panel)


def _words_at(article: Article, start: int, end: int) -> str:
    """The words of the current text there, or nothing where it has none."""
    try:
        return anchor(article.revision.text, start, end).exact
    except BadAnchor:
        return ""


@require_POST
@refusals_in_words
def mark(request: Request, pk: int) -> HttpResponse:
    """Mark the chosen words as a new claim."""
    article = article_for(request.user, pk, Right.MARK)
    if name := request.POST.get("use_speaker", ""):
        return _with_speaker(request, article, name)
    place = AddMarkForm(request.POST)
    form = ClaimForm(request.POST, instance=Claim(desk=article.desk), outlet=article.outlet)
    place.is_valid()
    data = place.cleaned_data

    def again() -> HttpResponse:
        """The panel with what was typed, and what is wrong with it."""
        exact = _words_at(article, data.get("start", 0), data.get("end", 0))
        bench = workbench_queries.workbench(article, request.user, kept_query(request))
        panel = panels.new_claim_panel(bench, form, place, exact)
        return article_workbench.page(
            request, bench, panel, status=status_of(form) if form.errors else 422
        )

    if not (form.is_valid() and place.is_valid()):
        return again()

    try:
        claim = workflow.mark_new(
            article,
            place.spans(),
            actor=request.user,
            wording=workflow.ClaimDraft(**form.wording()),
            said_on=data["said_on"],
            exact=data["exact"],
            key=form.cleaned_data["key"],
        )
    except workflow.Refused as why:
        refuse(form, why)
        return again()
    return acknowledged(request, redirect(panel_address(request, pk, claim=claim)))


@require_POST
@refusals_in_words
def add_mark(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Mark the chosen words as one more place where the claim is made."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = AddMarkForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            workflow.mark_step(
                article,
                form.spans(),
                actor=request.user,
                claim=claim,
                exact=data["exact"],
                said_on=data["said_on"],
            )
        except workflow.Refused as why:
            refuse(form, why)
        else:
            return redirect(panel_address(request, pk, claim=claim.pk))
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    if (entry := bench.entry(claim.pk)) is None:
        raise Http404
    data = form.cleaned_data
    exact = _words_at(article, data.get("start", 0), data.get("end", 0))
    panel = panels.add_panel(bench, entry, form, exact)
    return article_workbench.page(request, bench, panel, status=status_of(form))


@require_POST
@refusals_in_words
def add_repeats(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Mark places where the same words stand as more places of the claim: all chosen, or none."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    form = RepeatsForm(request.POST)
    if not form.is_valid():
        bench = workbench_queries.workbench(article, request.user, kept_query(request))
        if (entry := bench.entry(claim.pk)) is None:
            raise Http404
        panel = panels.claim_panel(request, bench, entry, repeats=form)
        return article_workbench.page(request, bench, panel, status=422)
    spans = form.cleaned_data["repeats"]
    workflow.mark_step(
        article, spans, actor=request.user, claim=claim, exact=form.cleaned_data["exact"]
    )
    messages.success(
        request,
        ngettext("%(count)d place is added.", "%(count)d places are added.", len(spans))
        % {"count": len(spans)},
    )
    return redirect(panel_address(request, pk, claim=claim.pk))


@require_POST
@refusals_in_words
def edit_claim(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Save the wording; a stale save is answered 409 with base, theirs and yours."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    data = resolved(request.POST, ClaimForm.WORDING)
    form = ClaimForm(data, instance=claim, outlet=article.outlet)
    bench = workbench_queries.workbench(article, request.user, kept_query(request))
    if not form.is_valid():
        if (entry := bench.entry(claim.pk)) is None:
            raise Http404
        return article_workbench.page(
            request, bench, panels.edit_panel(bench, entry, form), status=422
        )
    try:
        workflow.save_wording(
            claim,
            workflow.ClaimDraft(**form.wording()),
            person=request.user,
            based_on=form.cleaned_data["version"] or 0,
            key=form.cleaned_data["key"],
        )
    except workflow.Closed as why:
        refuse(form, why)
        if (entry := bench.entry(claim.pk)) is None:
            raise Http404 from why
        return article_workbench.page(
            request, bench, panels.edit_panel(bench, entry, form), status=409
        )
    except workflow.Stale as stale:
        if stale.current is None:
            raise
        return _conflict(request, article, claim, data, ClaimForm)
    messages.success(request, _("The wording is saved."))
    return acknowledged(request, redirect(panel_address(request, pk, claim=claim.pk)))


def _conflict(
    request: Request, article: Article, claim: Claim, data: QueryDict, form: type[ClaimForm]
) -> HttpResponse:
    current = Claim.objects.select_related("changed_by").get(pk=claim.pk)
    return conflict_page(
        request,
        article,
        data,
        theirs=form(instance=current, outlet=article.outlet),
        version=current.version,
        by=current.changed_by,
        at=current.changed_at,
    )


@require_http_methods(["GET", "POST"])
@refusals_in_words
def reword(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Change the wording of a claim that is being checked: its annotations go back (rule 5)."""
    article = article_for(request.user, pk, Right.MARK)
    claim = claim_of(article, claim_pk)
    data = resolved(request.POST, RewordForm.WORDING) if request.method == "POST" else None
    form = RewordForm(
        data,
        instance=claim,
        outlet=article.outlet,
        initial={"version": claim.version, "key": key_for(request)},
    )
    page = panel_address(request, pk, claim=claim.pk)

    def do() -> str:
        workflow.reword(
            claim,
            workflow.ClaimDraft(**form.wording()),
            actor=request.user,
            reason=form.cleaned_data["reason"],
            based_on=form.cleaned_data["version"] or 0,
        )
        messages.success(request, _("The wording is changed. Every annotation went back."))
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("Change the wording"),
        lead=_("It stays the same claim. Every annotation of it goes back to its author."),
        verb=_("Change the wording"),
        cancel_url=page,
        bases=bases(form),
        on_stale=lambda: _conflict(request, article, claim, request.POST, RewordForm),
    )


@require_POST
@refusals_in_words
def triage(request: Request, pk: int) -> HttpResponse:
    """Say what a sentence is, or a range of them, and go on to the next that is not triaged.

    In its panel, or with `stay=text` at its words.
    """
    article = article_for(request.user, pk, Right.MARK)
    quiet = "X-Autosave" in request.headers
    form = TriageForm(request.POST)
    if not form.is_valid():
        problem = " ".join(str(e) for es in form.errors.values() for e in es)
        if quiet:
            return JsonResponse({"error": problem}, status=422)
        messages.error(request, problem)
        number = request.POST.get("number", "")
        return redirect(panel_address(request, pk, sentence=number if number.isalnum() else 1))
    names = form.names()
    value = form.cleaned_data["triage"]
    try:
        step = workflow.triage_step(article, names, value, actor=request.user)
    except workflow.Refused as why:
        if quiet:
            return JsonResponse({"error": str(why)}, status=409)
        raise
    if quiet:
        return _triaged(request, article, step, value)
    following = _next_to_triage(article, names[-1])
    address = panel_address(request, pk, sentence=following)
    if request.POST.get("stay") == "text":  # whoever works in the text goes on there
        address = f"{address.removesuffix('#panel')}#s{following}"
    return redirect(address)


def _next_to_triage(article: Article, name: str) -> str:
    """The name of the next sentence that is not triaged, or the same again."""
    rows = article.revision.sentences
    left = rows.filter(triage="", number__isnull=False)
    if name.isdecimal():
        left = left.filter(number__gte=int(name))
    else:
        left = left.filter(position__gt=int(name[1:]))
    following = left.order_by("number").first()
    return following.name if following else name


def _triaged(request: Request, article: Article, step: Step | None, value: str) -> JsonResponse:
    """What the page itself then shows: the signs in the margin, and what is left."""
    triaged = workbench_queries.triaged(article)
    url = panels.Urls(article, kept_query(request))
    label = labelled("", Triage(value).label)  # as it stands behind the number
    undo = undoing.in_words(step) if step else undoing.offers(article, request.user)[0]
    changed = step.what["triage"] if step else {}
    return JsonResponse(
        {
            "changed": [{"number": name, "triage": value, "label": label} for name in changed],
            "words": article_workbench.left_in_words(triaged),
            "undo": undo,
            "rail": render_to_string(
                "article/rail_progress.html",
                {"rail": article_workbench.triage_in_words(article, triaged, url)},
            ),
        }
    )


@require_http_methods(["GET", "POST"])
@refusals_in_words
def open_checking(request: Request, pk: int) -> HttpResponse:
    """Choose who checks the marked claims; their wording freezes."""
    article = article_for(request.user, pk, Right.OPEN)
    is_late = article.due_at is not None and article.due_at < timezone.now()
    due_at = None if is_late else article.due_at
    form = OpenForm(sent(request), desk=article.desk, initial={"due_at": due_at})

    def do() -> str:
        opened = workflow.open_checking(
            article,
            form.cleaned_data["people"],
            actor=request.user,
            due_at=form.cleaned_data["due_at"],
            way=form.cleaned_data["way"],
        )
        told = ngettext(
            "Checking is open for %(count)d claim.",
            "Checking is open for %(count)d claims.",
            len(opened),
        )
        messages.success(request, told % {"count": len(opened)})
        return panel_address(request, pk)

    lead = _(
        "The wording of every marked claim freezes. Changing it later returns all annotations."
    )
    title = _("Open checking")
    return ask(request, article, form, do, title=title, lead=lead, verb=title)
