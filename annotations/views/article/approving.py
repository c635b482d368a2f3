"""The last look: what readers will get, what is in the way, and the move itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import moments, readiness, second_person, workflow
from annotations.editions.latest import next_number
from annotations.editions.reading import read_claim
from annotations.forms import CorrectForm, CorrectionForm, SendBackForm
from annotations.models import Article, Claim, User
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import article_for, claim_of, may
from annotations.queries.board import stage_of
from annotations.queries.decisions import whom_publishing_waits_for
from annotations.rights import Right
from annotations.views.http import Request, panel_address, refuse, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.vocabulary import ArticleStatus, ClaimStatus
from annotations.words.log import what

from . import checklist

_CHANGED = gettext_lazy("Something readers would see changed since you looked. Look again.")


def _claims(article: Article, *statuses: str) -> list[Claim]:
    found = readiness.for_moves(Claim.objects.made_in(article).filter(status__in=statuses))
    return list(found.order_by("number"))


@require_safe
def approve(request: Request, pk: int) -> HttpResponse:
    article = article_for(request.user, pk, Right.APPROVE)
    return _page(request, article)


def _page(
    request: Request,
    article: Article,
    corrections: list[tuple[Claim, CorrectionForm]] | None = None,
    send_back: SendBackForm | None = None,
    status: int = 200,
    asks: bool = False,
) -> HttpResponse:
    """The page; `asks`: with the question that stands before a publication."""
    claims = _claims(article, ClaimStatus.DECIDED, ClaimStatus.APPROVED)
    decided = [claim for claim in claims if claim.status == ClaimStatus.DECIDED]
    approved = [claim for claim in claims if claim.status == ClaimStatus.APPROVED]
    blockers, warnings = checklist.in_the_way(article, decided)
    others = list(Claim.objects.made_in(article).exclude(pk__in=[row.pk for row in claims]))
    moves = _moves(article, request.user, decided, approved, others)
    if asks and moves["publish"]:
        moves["publish"] |= _question(article, approved)
    corrections_sent = bool(corrections)
    if corrections is None:
        corrections = [
            (claim, CorrectionForm(prefix=str(claim.pk))) for claim in workflow.to_correct(article)
        ]
    returnable = Claim.objects.filter(pk__in=[claim.pk for claim in decided + approved])
    return render(
        request,
        "article/approve.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "stage": workbench_queries.stage_in_words(
                stage_of(claim.status for claim in [*claims, *others])
            ),
            "lead": _lead(article, decided, approved),
            "blockers": blockers,
            "warnings": warnings,
            "cautions": checklist.cautions(
                article, decided + approved, request.user, others, _said(corrections)
            ),
            "done": checklist.done(article),
            "last": checklist.since_last(article, request.user) if claims else None,
            "corrections": corrections,
            "corrections_sent": corrections_sent,
            "send_back_form": send_back
            or (SendBackForm(claims=returnable, desk=article.desk) if decided + approved else None),
            "send_back_url": reverse("send_back", args=[article.pk]),
            "preview_url": reverse("preview", args=[article.pk]),
            "seen": second_person.shown(article),
            "key": key_for(request),
        }
        | moves,
        status=status,
    )


def _said(corrections: Iterable[tuple[Claim, CorrectionForm]]) -> dict[int, str]:
    """What is typed of each correction, by the key of its claim."""
    return {claim.pk: str(form["why"].value() or "") for claim, form in corrections}


def _lead(article: Article, decided: list[Claim], approved: list[Claim]) -> str:
    if decided:
        return ngettext(
            "%(count)d verdict waits for approval.",
            "%(count)d verdicts wait for approval.",
            len(decided),
        ) % {"count": len(decided)}
    if approved:
        return _("Every verdict is approved.")
    if article.status == ArticleStatus.PUBLISHED:
        change = second_person.last_change(article)
        if change is None:
            return _("Readers have the newest edition.")
        return _("Readers do not have the last change yet: %(what)s (%(person)s, %(when)s).") % {
            "what": what(change),
            "person": change.actor or _("The desk’s policy"),
            "when": moments.short(change.at),
        }
    return _("Nothing waits for approval yet.")


def _moves(
    article: Article,
    user: User,
    decided: list[Claim],
    approved: list[Claim],
    others: list[Claim],
) -> dict[str, Any]:
    """The button of the page: to approve what is decided, then to publish."""
    found = workflow.offers(
        article, user, holds=partial(may, article), claims=[*decided, *approved, *others]
    )
    offered = {offer.act.name: offer for offer in found}
    moves: dict[str, Any] = {"approve": None, "publish": None, "approve_article": None}
    if "approve" in offered:
        moves["approve"] = {
            "name": "approve",
            "label": _approve_label(article, decided),
            "url": reverse("approve_all", args=[article.pk]),
            "objection": offered["approve"].objection,
        }
    elif "publish" in offered:
        moves["publish"] = {
            "name": "publish",
            "label": _("Publish the article"),
            "url": reverse("publish", args=[article.pk]),
            "objection": _why_not_published(article, user, offered["publish"].objection),
        }
    whole = offered.get("approve_article")
    if whole is not None and not moves["approve"] and not whole.objection:
        moves["approve_article"] = {
            "name": "approve_article",
            "label": whole.act.label,
            "url": reverse("approve_article", args=[article.pk]),
            "objection": "",
        }
    return moves


def _why_not_published(article: Article, user: User, objection: str) -> str:
    """What is in the way, and where that is the person's own hand in it, whom it waits for."""
    if not objection or not workflow.is_alone(article, user):
        return objection
    return f"{objection} {whom_publishing_waits_for(article)}".strip()


def _approve_label(article: Article, decided: list[Claim]) -> str:
    """Of one claim with its number, of several with how many they are."""
    if len(decided) == 1:
        number = checklist.numbers(article).get(decided[0].pk)
        if number is not None:
            return _("Approve claim %(number)d") % {"number": number}
    return ngettext("Approve the verdict", "Approve all %(count)d verdicts", len(decided)) % {
        "count": len(decided)
    }


def _question(article: Article, approved: list[Claim]) -> dict[str, str]:
    """What is asked once before the article is published: which it is, and what becomes public."""
    known = {claim.pk for claim in workflow.to_correct(article)}
    new = sum(claim.pk not in known for claim in approved)
    told = []
    if new:
        told.append(
            ngettext("%(count)d claim becomes public.", "%(count)d claims become public.", new)
            % {"count": new}
        )
    if known:
        told.append(
            ngettext(
                "%(count)d claim that readers have already changes.",
                "%(count)d claims that readers have already change.",
                len(known),
            )
            % {"count": len(known)}
        )
    return {
        "question": _("Publish “%(article)s”?") % {"article": article.title},
        "what": " ".join(told) or _("No claim becomes public or changes; its page does."),
        "label": _("Publish edition %(number)d") % {"number": next_number(article)},
    }


@require_POST
def approve_all(request: Request, pk: int) -> HttpResponse:
    """Approve every decided claim of the page that was looked at, each on its own.

    What is refused is said. A verdict that was not there yet is not approved unseen.
    """
    article = article_for(request.user, pk, Right.APPROVE)
    if before := repeated(request):
        return before
    decided = _claims(article, ClaimStatus.DECIDED)
    if request.POST.get("seen") != second_person.shown(article):
        messages.error(request, _CHANGED)
        return _page(request, article, status=409)

    def do() -> str:
        _approve_each(request, decided)
        return reverse("approve", args=[pk])

    try:
        return once(request, do)
    except workflow.Refused as why:  # its key was another form's
        messages.error(request, str(why))
        return _page(request, article, status=409)


def _approve_each(request: Request, decided: Iterable[Claim]) -> None:
    """Approve those of the claims that may be; and say how many were, and why others were not."""
    approved = 0
    for claim in decided:
        seen = claim.verdict.number if claim.verdict else None
        try:
            workflow.approve(claim, actor=request.user, based_on=seen)
            approved += 1
        except workflow.Refused as why:
            messages.error(request, str(why))
    if approved:
        messages.success(
            request,
            ngettext("%(count)d verdict is approved.", "%(count)d verdicts are approved.", approved)
            % {"count": approved},
        )


@require_POST
def approve_article(request: Request, pk: int) -> HttpResponse:
    """Stand behind the article as it was looked at, so that who changed it last may publish it."""
    article = article_for(request.user, pk, Right.APPROVE)
    if before := repeated(request):
        return before

    def do() -> str:
        workflow.approve_article(article, actor=request.user, based_on=request.POST.get("seen", ""))
        messages.success(request, _("The article is approved as it stands."))
        return reverse("approve", args=[pk])

    try:
        return once(request, do)
    except workflow.Refused as why:
        messages.error(request, str(why))
        return _page(request, article, status=409)


def _corrections(request: Request, article: Article) -> list[tuple[Claim, CorrectionForm]]:
    """A form for each claim that readers have, and for each that was sent but waits no more."""
    waiting = workflow.to_correct(article)
    sent_for = {name.split("-")[0] for name in request.POST}
    gone = Claim.objects.made_in(article).filter(pk__in=[k for k in sent_for if k.isdecimal()])
    claims = waiting + list(gone.exclude(pk__in=[claim.pk for claim in waiting]).order_by("number"))
    return [(claim, CorrectionForm(request.POST, prefix=str(claim.pk))) for claim in claims]


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Make the edition; for what readers have already, say what changed and why.

    Sent from the page it asks once; the answer names what of the article was shown then.
    """
    article = article_for(request.user, pk, Right.PUBLISH)
    if before := repeated(request):
        return before
    forms = _corrections(request, article)
    if any([not form.is_valid() for _claim, form in forms]):  # noqa: C419 -- each shows its errors
        return _page(request, article, corrections=forms, status=422)
    seen = request.POST.get("seen", "")
    if seen != second_person.shown(article):
        messages.error(request, _CHANGED)
        return _page(request, article, corrections=forms, status=409)
    if request.POST.get("sure") != seen:
        if objections := workflow.publishing_objections(article, request.user):
            messages.error(request, " ".join(objections))
            return _page(request, article, corrections=forms, status=409)
        return _page(request, article, corrections=forms, asks=True)
    notes = {
        claim.pk: workflow.CorrectionNote(form.cleaned_data["kind"], form.cleaned_data["why"])
        for claim, form in forms
    }

    def do() -> str:
        edition = workflow.publish(article, actor=request.user, notes=notes, based_on=seen)
        told = _("Edition %(number)d is published.") % {"number": edition.number}
        messages.success(request, told)
        return panel_address(request, pk)

    try:
        return once(request, do)
    except workflow.Refused as why:
        messages.error(request, str(why))
        return _page(request, article, corrections=forms, status=409)


@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    """Return a verdict to its decider, with the reason."""
    article = article_for(request.user, pk, Right.APPROVE)
    if before := repeated(request):
        return before
    # At any stage: a claim that somebody else sent back meanwhile is refused in words.
    form = SendBackForm(request.POST, claims=Claim.objects.made_in(article), desk=article.desk)
    if form.is_valid():
        data = form.cleaned_data

        def do() -> str:
            workflow.send_back(
                data["claim"], actor=request.user, reason=data["reason"], to=data["to"]
            )
            messages.success(request, _("It is back with the decider."))
            return reverse("approve", args=[pk])

        try:
            return once(request, do)
        except workflow.Refused as why:
            refuse(form, why)
    return _page(request, article, send_back=form, status=status_of(form))


@require_http_methods(["GET", "POST"])
def correct(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Open a published claim again; readers keep the edition they have meanwhile."""
    article = article_for(request.user, pk, Right.PUBLISH)
    claim = claim_of(article, claim_pk)
    edition = claim.editions.exclude(content__has_key="tombstone").order_by("-number").first()
    if edition is None:
        raise Http404
    if before := repeated(request):
        return before
    form = CorrectForm(sent(request))
    if form.is_bound and form.is_valid():

        def do() -> str:
            workflow.reopen(claim, actor=request.user, reason=form.cleaned_data["reason"])
            told = _("The claim is open again. Readers see that it is under review.")
            messages.success(request, told)
            return reverse("decide_claim", args=[pk, claim.pk])

        try:
            return once(request, do)
        except workflow.Refused as why:
            refuse(form, why)
    bench = workbench_queries.workbench(article, request.user)
    entry = bench.entry(claim.pk)
    # What was retracted has a verdict in the edition before.
    standing = claim.editions.exclude(content__has_key="tombstone").latest("number")
    verdict = read_claim(standing.content).verdict
    return render(
        request,
        "article/correct.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "claim": {
                "number": entry.number if entry else claim.number,
                "claim_reviewed": claim.claim_reviewed,
            },
            "form": form,
            "key": key_for(request),
            "action": request.path,
            "now": {
                "rating": verdict.rating,
                "finding": verdict.finding,
                "edition_number": edition.number,
                "published_at": edition.published_at,
                "url": reverse("public_claim", args=[claim.desk.slug, claim.number, claim.slug]),
            },
            "cancel_url": panel_address(request, pk, claim=claim.pk),
        },
        status=status_of(form),
    )
